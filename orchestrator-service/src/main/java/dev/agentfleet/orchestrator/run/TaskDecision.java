package dev.agentfleet.orchestrator.run;

import java.util.List;

/** What becomes of a task's event. */
public sealed interface TaskDecision {

    /** The task moves on, or stays and something is to be done. */
    record Applied(TaskState next, List<TaskEffect> effects) implements TaskDecision {
        public Applied {
            effects = List.copyOf(effects);
        }
    }

    /** Nothing changes, for a reason that is counted. The effects only answer the sender. */
    record Ignored(IgnoreReason reason, List<TaskEffect> effects) implements TaskDecision {
        public Ignored {
            effects = List.copyOf(effects);
        }
    }
}
