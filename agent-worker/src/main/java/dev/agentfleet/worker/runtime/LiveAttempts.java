package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.StopCause;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The attempts that are on a slot now. */
@Singleton
public final class LiveAttempts {

    private final ConcurrentHashMap<AttemptId, LiveAttempt> attempts = new ConcurrentHashMap<>();

    /** Adds it, unless the same attempt is here already: then that one is returned. */
    @Nullable
    LiveAttempt add(LiveAttempt attempt) {
        return attempts.putIfAbsent(attempt.id(), attempt);
    }

    void remove(LiveAttempt attempt) {
        attempts.remove(attempt.id(), attempt);
    }

    /** All of them, as heartbeats list them; in no order. */
    public List<String> held() {
        return attempts.keySet().stream().map(AttemptId::toString).toList();
    }

    /** Stops what runs for the run at this revision or an earlier one; see {@link CancelRun}. */
    public void cancelRun(RunId runId, int revision) {
        stop(
                attempt -> attempt.assignment().taskId().runId().equals(runId)
                        && attempt.assignment().revision() <= revision,
                StopCause.CANCEL);
    }

    /** Stops one attempt, if it is here. */
    public void cancelAttempt(TaskId taskId, int number) {
        LiveAttempt attempt = attempts.get(new AttemptId(taskId, number));
        if (attempt != null) {
            attempt.stop(StopCause.CANCEL);
        }
    }

    /** Claims what was taken from those partitions and not yet acknowledged, however short it has been running. */
    public void claimOf(Predicate<RecordPosition> givenUp) {
        attempts.values().forEach(attempt -> attempt.claimOf(givenUp));
    }

    void stopAll(StopCause cause) {
        stop(_ -> true, cause);
    }

    void tick(long now) {
        attempts.values().forEach(attempt -> attempt.tick(now));
    }

    private void stop(Predicate<LiveAttempt> which, StopCause cause) {
        attempts.values().stream().filter(which).forEach(attempt -> attempt.stop(cause));
    }
}
