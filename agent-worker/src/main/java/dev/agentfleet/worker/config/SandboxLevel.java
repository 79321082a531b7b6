package dev.agentfleet.worker.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far a program is kept apart from the worker and its machine; from the least to the most. See ADR 39. */
public enum SandboxLevel {
    /** Not at all: it has the rights of the worker. */
    NONE,
    /** By bubblewrap: namespaces of its own, a read-only system, limits that hold. */
    BWRAP;

    /** As it is written in configurations, tasks and results. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it keeps apart at least as far. */
    public boolean meets(SandboxLevel least) {
        return compareTo(least) >= 0;
    }

    /** Throws {@link IllegalArgumentException} for any other text. */
    public static SandboxLevel parse(String field, String text) {
        return Arrays.stream(values())
                .filter(level -> level.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " must be one of "
                        + Arrays.stream(values()).map(SandboxLevel::text).collect(Collectors.joining(", "))));
    }
}
