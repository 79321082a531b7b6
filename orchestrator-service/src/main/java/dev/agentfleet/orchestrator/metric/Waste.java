package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Time an attempt took that came to nothing. */
record Waste(WasteCause cause, Duration time) {

    /** What the decision says was wasted; null when nothing was, or nobody knows. */
    static @Nullable Waste of(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
        return switch (decision) {
            case TaskDecision.Ignored i ->
                event instanceof TaskEvent.Reported(AttemptReport report) ? superseded(report) : null;
            case TaskDecision.Applied a ->
                switch (event) {
                    case TaskEvent.Reported(AttemptFailed failed) -> new Waste(WasteCause.FAILED, failed.duration());
                    case TaskEvent.Reported(AttemptReleased r) -> claimed(WasteCause.RETURNED, before, now);
                    case TaskEvent.WorkerLost l -> claimed(WasteCause.WORKER_LOST, before, now);
                    case TaskEvent.BackstopReached b -> claimed(WasteCause.WORKER_LOST, before, now);
                    case TaskEvent.Stopped s -> claimed(WasteCause.STOPPED, before, now);
                    case TaskEvent.Reported r -> null;
                    case TaskEvent.Dispatch d -> null;
                    case TaskEvent.Redrive r -> null;
                    case TaskEvent.QueueExpired q -> null;
                };
        };
    }

    private static @Nullable Waste superseded(AttemptReport report) {
        return switch (report) {
            case AttemptSucceeded late -> new Waste(WasteCause.SUPERSEDED, late.duration());
            case AttemptFailed late -> new Waste(WasteCause.SUPERSEDED, late.duration());
            default -> null;
        };
    }

    private static @Nullable Waste claimed(WasteCause cause, TaskState before, Instant now) {
        return before instanceof TaskState.Running running
                ? new Waste(cause, Duration.between(running.since(), now))
                : null;
    }
}
