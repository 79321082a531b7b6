package dev.agentfleet.worker.attempt;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an assignment is started. */
public sealed interface Admission {

    record Start() implements Admission {}

    /** It concludes without having been started. */
    record Refuse(Verdict verdict) implements Admission {}

    /**
     * What is known when the assignment's turn comes.
     *
     * @param cancelled whether its run was cancelled at this revision or a later one
     * @param agentKnown whether this worker has its agent
     * @param brokerTime a time the broker's clock has certainly reached; null: unknown, and then nothing is too late
     */
    record Facts(
            boolean cancelled, boolean agentKnown, @Nullable Instant brokerTime) {}

    static Admission decide(TaskAssignment assignment, Facts facts) {
        if (facts.cancelled()) {
            return new Refuse(new Verdict.Dropped());
        }
        if (isLate(assignment.startBy(), facts.brokerTime())) {
            return new Refuse(new Verdict.Released(ReleaseReason.START_BY_PASSED));
        }
        if (!facts.agentKnown()) {
            // Another worker of the pool may have it, for instance while a new version is rolled out.
            return new Refuse(new Verdict.Failed(Failure.retryable(
                    FailureCode.UNKNOWN_AGENT, "This worker has no agent '" + assignment.agent() + "'")));
        }
        return new Start();
    }

    private static boolean isLate(@Nullable Instant startBy, @Nullable Instant brokerTime) {
        return startBy != null && brokerTime != null && brokerTime.isAfter(startBy);
    }
}
