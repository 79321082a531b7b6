package dev.agentfleet.orchestrator.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a caller may do; each may also do what those before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Submits, adds to, seals and cancels runs. */
    SUBMITTER,
    /** Redrives, and whatever else changes something. */
    OPERATOR;

    /** As tokens name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether one of the roles of a token is this one or a greater one. */
    public boolean isCoveredBy(Set<String> roles) {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) >= 0)
                .anyMatch(role -> roles.contains(role.text()));
    }
}
