package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * A span of names in text order, going round from the last to the first. When both ends are the same it holds every name.
 */
public record HeldSpan(
        @JsonPropertyDescription("The span begins behind this name.")
        String after,

        @JsonPropertyDescription("The span ends with this name.")
        String until) {

    /** Every name. */
    public static final HeldSpan ALL = new HeldSpan("", "");

    /** Whether the name lies in the span. */
    public boolean covers(String name) {
        int order = after.compareTo(until);
        boolean behindStart = name.compareTo(after) > 0;
        boolean beforeEnd = name.compareTo(until) <= 0;
        return order == 0 || (order < 0 ? behindStart && beforeEnd : behindStart || beforeEnd);
    }
}
