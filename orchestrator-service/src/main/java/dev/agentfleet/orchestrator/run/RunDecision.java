package dev.agentfleet.orchestrator.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a run's event. */
public sealed interface RunDecision {

    /** The run moves on. {@code next} is null only where there is no run yet, or none any more. */
    record Applied(@Nullable Run next, List<RunEffect> effects) implements RunDecision {
        public Applied {
            effects = List.copyOf(effects);
        }
    }

    /** Nothing changes, for a reason that is counted. */
    record Ignored(IgnoreReason reason) implements RunDecision {}

    /** The request is refused; the reason names field, value and rule. */
    record Rejected(String reason) implements RunDecision {}
}
