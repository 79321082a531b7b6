package dev.agentfleet.orchestrator.redrive;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the tasks to be done again that lie in the dead letters.
 *
 * @param since dead letters put aside before, in broker time, name no run
 * @param cursor where an earlier call ended; then {@code since} does not matter
 * @param filter which dead letters name runs, and which of a named run's tasks are meant
 * @param rate most tasks taken up in a second, of all runs together; null for no limit
 * @param max most tasks taken up, of all runs together; null for no limit
 */
public record LetterRedrive(
        Instant since,
        @Nullable String cursor,
        RedriveFilter filter,
        @Nullable Integer rate,
        @Nullable Integer max) {

    private static final Set<TaskStatus> BURIED = Set.of(TaskStatus.FAILED, TaskStatus.TIMED_OUT);

    public LetterRedrive {
        if (filter.statuses() != null && !BURIED.containsAll(filter.statuses())) {
            throw new InvalidFieldException(
                    "filter.statuses",
                    filter.statuses().toString(),
                    "must be FAILED or TIMED_OUT: no other outcome leaves a dead letter");
        }
        // Refuses what a request about one run would be refused for.
        var _ = new RedriveTasks(null, null, filter, rate, max);
    }

    DeadLetterQuery query() {
        return new DeadLetterQuery(since, cursor, null, null, null);
    }

    /** The run that the dead letter names for this; null when it names none. */
    @Nullable
    RunId runOf(DeadLetterView letter) {
        return letter.taskId() != null
                        && filter.takes(
                                Objects.requireNonNull(letter.status()),
                                letter.code(),
                                Objects.requireNonNull(letter.agent()))
                ? letter.runId()
                : null;
    }

    /** What is asked of one run when so many may still be taken up. */
    RedriveTasks ofOneRun(@Nullable Integer most) {
        return new RedriveTasks(null, null, filter, rate, most);
    }

    /** What the run is told. */
    RedriveTasks told(PlannedRun run) {
        Integer most = max == null ? null : (Integer) run.tasks();
        return new RedriveTasks(run.runId(), run.revision(), filter, rate, most, run.startAfter());
    }

    /** How long so many tasks take up the rate, before the next may follow. */
    Duration span(long tasks) {
        return rate == null ? Duration.ZERO : Duration.ofMillis(Math.ceilDiv(tasks * 1_000L, (long) rate));
    }
}
