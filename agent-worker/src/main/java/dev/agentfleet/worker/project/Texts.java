package dev.agentfleet.worker.project;

import org.jspecify.annotations.Nullable;

/** The rule for what people write into tasks besides files. */
public final class Texts {

    private static final int MOST = 20_000;

    private Texts() {}

    /** Throws {@link IllegalArgumentException} for one that is blank or too long. */
    public static void requireSaid(String field, String text) {
        require(!text.isBlank(), field + ": must not be blank");
        requireShort(field, text);
    }

    /** Throws {@link IllegalArgumentException} for one that is too long. */
    public static void requireShort(String field, @Nullable String text) {
        require(
                text == null || text.length() <= MOST,
                field + ": '" + (text == null ? 0 : text.length()) + " characters' must be at most " + MOST);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
