package dev.agentfleet.worker.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file: exactly one of the first two.
 *
 * @param text as UTF-8
 * @param base64 anything else
 * @param executable whether it may be run; absent: no
 */
public record FileContent(
        @Nullable String text,
        @Nullable String base64,
        @Nullable Boolean executable) {

    public FileContent {
        if ((text == null) == (base64 == null)) {
            throw new IllegalArgumentException("files: each must have one of text and base64");
        }
        if (base64 != null) {
            decode(base64);
        }
    }

    /** Text, if it is any. */
    static FileContent of(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new FileContent(text, null, null);
        } catch (CharacterCodingException e) {
            return new FileContent(null, Base64.getEncoder().encodeToString(bytes), null);
        }
    }

    byte[] toBytes() {
        return text != null ? text.getBytes(StandardCharsets.UTF_8) : decode(base64 == null ? "" : base64);
    }

    /** How long it is within a message. */
    public int jsonBytes() {
        int frame = 20;
        return frame + JsonLength.of(text != null ? text : String.valueOf(base64));
    }

    boolean mayRun() {
        return Boolean.TRUE.equals(executable);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("files: base64 must be valid", e);
        }
    }
}
