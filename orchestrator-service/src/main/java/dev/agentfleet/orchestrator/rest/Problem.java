package dev.agentfleet.orchestrator.rest;

import org.jspecify.annotations.Nullable;

/** An error as RFC 9457 has it, with the field, value and rule where one field is to blame. */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable String value,
        @Nullable String rule) {

    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }
}
