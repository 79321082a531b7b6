package dev.agentfleet.worker.project;

import org.jspecify.annotations.Nullable;

/**
 * A test that did not pass.
 *
 * @param name of its class, if there is one, and its own
 * @param kind {@code FAILED} when an expectation did not hold, {@code ERROR} when it broke otherwise
 * @param message what it said, shortened to 500 characters
 * @param details the beginning of its stack trace or the like, at most 1,000 characters
 */
public record FailedTest(
        String name,
        Kind kind,
        @Nullable String message,
        @Nullable String details) {

    private static final int MOST = 2_000;

    /** How it did not pass. */
    public enum Kind {
        FAILED,
        ERROR
    }

    public FailedTest {
        requireShort("name", name);
        requireShort("message", message);
        requireShort("details", details);
    }

    String asText() {
        var text = new StringBuilder("- ").append(kind).append(' ').append(name).append('\n');
        for (String part : new String[] {message, details}) {
            if (part != null && !part.isBlank()) {
                part.lines().forEach(line -> text.append("    ").append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static void requireShort(String field, @Nullable String value) {
        if (value != null && value.length() > MOST) {
            throw new IllegalArgumentException("failed: " + field + " must be at most " + MOST + " characters");
        }
    }
}
