package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What attempts took together. */
public record Effort(
        @JsonPropertyDescription("How many attempts.") long attempts,

        @JsonPropertyDescription("How long they ran together, where known.")
        Duration duration,

        @JsonPropertyDescription("What they used up together, where their agents said so.") @Nullable
        Cost cost) {

    public static final Effort NONE = new Effort(0, Duration.ZERO, null);

    public Effort plus(Effort more) {
        return new Effort(attempts + more.attempts, duration.plus(more.duration), Cost.sum(cost, more.cost));
    }
}
