package dev.agentfleet.cli.client;

import org.jspecify.annotations.Nullable;

/** A refusal as the orchestrator explains it (RFC 9457), with the field, value and rule it is about where it is about one. */
public record Problem(
        int status,
        @Nullable String title,
        @Nullable String detail,
        @Nullable String field,
        @Nullable String value,
        @Nullable String rule) {

    static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;

    /** The refusal in one line. */
    public String explanation() {
        if (status == UNAUTHORIZED) {
            return (detail == null ? "a bearer token is needed" : detail)
                    + " (read from the variable FLEET_TOKEN, or from the file that FLEET_TOKEN_FILE names)";
        }
        if (field != null && rule != null) {
            return field + ": '" + value + "' " + rule;
        }
        if (detail != null) {
            return detail;
        }
        return "the orchestrator answered " + status + (title == null ? "" : " (" + title + ")");
    }

    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** Whether what was sent can never be taken. */
    public boolean isBadInput() {
        return status == BAD_REQUEST || status == TOO_LARGE;
    }
}
