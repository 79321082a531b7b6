package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.Effort;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.contract.Work;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the attempts of a run took that have ended.
 *
 * @param accepted those whose success became an outcome, in whatever revision
 * @param wasted those that came to nothing, by why
 */
public record WorkTally(Effort accepted, Map<WasteCause, Effort> wasted) {

    static final WorkTally NONE = new WorkTally(Effort.NONE, Map.of());

    WorkTally plus(AttemptEnd end) {
        Effort effort = new Effort(1, end.duration(), end.cost());
        if (end.wasted() == null) {
            return new WorkTally(accepted.plus(effort), wasted);
        }
        Map<WasteCause, Effort> next = new EnumMap<>(WasteCause.class);
        next.putAll(wasted);
        next.merge(end.wasted(), effort, Effort::plus);
        return new WorkTally(accepted, Collections.unmodifiableMap(next));
    }

    public Work toWork() {
        return Work.of(accepted, wasted);
    }
}
