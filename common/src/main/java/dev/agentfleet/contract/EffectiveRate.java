package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Which share of the work counts, from 0 to 1. A share of nothing is null. */
public record EffectiveRate(
        @JsonPropertyDescription("Of the attempts.") @Nullable
        Double attempts,

        @JsonPropertyDescription("Of the time they ran.") @Nullable
        Double seconds,

        @JsonPropertyDescription("Of the tokens they sent and received.") @Nullable
        Double tokens,

        @JsonPropertyDescription("Of the money they spent.") @Nullable
        Double usd) {

    static EffectiveRate of(Effort accepted, Effort all) {
        return new EffectiveRate(
                share(accepted, all, Effort::attempts),
                share(accepted, all, effort -> seconds(effort.duration())),
                share(
                        accepted,
                        all,
                        effort -> effort.cost() == null ? 0 : effort.cost().tokens()),
                share(
                        accepted,
                        all,
                        effort -> effort.cost() == null ? 0 : effort.cost().nanoUsd()));
    }

    private static @Nullable Double share(Effort accepted, Effort all, ToDoubleFunction<Effort> of) {
        double whole = of.applyAsDouble(all);
        return whole == 0 ? null : of.applyAsDouble(accepted) / whole;
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.getNano() / 1e9;
    }
}
