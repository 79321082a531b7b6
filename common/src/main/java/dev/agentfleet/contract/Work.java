package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What the attempts that have ended took, and what came of it. */
public record Work(
        @JsonPropertyDescription(
                "Attempts whose success became the outcome of their task, in this revision or an earlier one.")
        Effort accepted,

        @JsonPropertyDescription("Attempts that came to nothing, by why; without the causes of none.")
        Map<WasteCause, Effort> wasted,

        @JsonPropertyDescription("Both together: all attempts that have ended.")
        Effort all,

        @JsonPropertyDescription("Accepted divided by all.") EffectiveRate effectiveRate) {

    public Work {
        Map<WasteCause, Effort> inOrder = new EnumMap<>(WasteCause.class);
        inOrder.putAll(wasted);
        wasted = Collections.unmodifiableMap(inOrder);
    }

    /** Works out the rest. */
    public static Work of(Effort accepted, Map<WasteCause, Effort> wasted) {
        Effort all = wasted.values().stream().reduce(accepted, Effort::plus);
        return new Work(accepted, wasted, all, EffectiveRate.of(accepted, all));
    }
}
