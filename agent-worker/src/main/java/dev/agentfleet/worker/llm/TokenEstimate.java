package dev.agentfleet.worker.llm;

import java.nio.charset.StandardCharsets;

/** How many tokens a call may take, before it is made. Rather more than less. */
final class TokenEstimate {

    /** A word of English has some four bytes to a token, other writings have fewer. */
    private static final int BYTES_PER_TOKEN = 3;

    private static final int FRAME = 16;

    private TokenEstimate() {}

    /** What is sent. */
    static long input(ModelRequest request) {
        long bytes = bytes(request.system() == null ? "" : request.system());
        for (Turn turn : request.turns()) {
            bytes += bytes(turn.text());
        }
        bytes += request.schema() == null ? 0 : bytes(request.schema().toString());
        return FRAME + Math.ceilDiv(bytes, BYTES_PER_TOKEN);
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
