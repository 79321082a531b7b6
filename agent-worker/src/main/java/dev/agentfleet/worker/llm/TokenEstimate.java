package dev.agentfleet.worker.llm;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How many tokens a request is about to send, without asking anybody: rather too many than too few. */
final class TokenEstimate {

    /** English has some four bytes to a token, other writings have fewer. */
    private static final int BYTES_PER_TOKEN = 3;

    private static final int ENVELOPE = 16;

    private TokenEstimate() {}

    static long input(ModelRequest request) {
        long bytes = bytes(request.system()) + bytes(request.schema());
        for (Turn turn : request.turns()) {
            bytes += bytes(turn.text());
        }
        return Math.ceilDiv(bytes, BYTES_PER_TOKEN) + ENVELOPE;
    }

    private static long bytes(@Nullable Object text) {
        return text == null ? 0 : text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
