package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.orchestrator.partition.DecisionObserver;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import dev.agentfleet.orchestrator.scaling.AttemptTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the attempts took whose end home partitions of this process took in, by pool, their weight halved every five
 * minutes. What is taken back and done again counts twice: it is a mean. A new process has observed nothing. Thread-safe.
 */
final class AttemptTimes implements DecisionObserver {

    static final Duration HALF_LIFE = Duration.ofMinutes(5);

    private final Map<String, Observed> pools = new ConcurrentHashMap<>();

    private record Observed(Instant at, AttemptTime time) {

        AttemptTime decayed(Instant now) {
            double halves = (double) Duration.between(at, now).toMillis() / HALF_LIFE.toMillis();
            return halves <= 0 ? time : time.times(Math.pow(0.5, halves));
        }

        /** Home partitions' times differ: an earlier one counts as this. */
        Observed and(Duration ran, Instant now) {
            return new Observed(
                    now.isAfter(at) ? now : at, decayed(now).plus(new AttemptTime(1, DecisionCounts.seconds(ran))));
        }
    }

    @Override
    public void task(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
        String pool = before.occupies();
        if (pool != null
                && decision instanceof TaskDecision.Applied
                && event instanceof TaskEvent.Reported(AttemptReport report)) {
            Duration ran = ran(report);
            if (ran != null) {
                pools.compute(
                        pool,
                        (name, known) -> (known == null ? new Observed(now, AttemptTime.NONE) : known).and(ran, now));
            }
        }
    }

    private static @Nullable Duration ran(AttemptReport report) {
        return switch (report) {
            case AttemptSucceeded success -> success.duration();
            case AttemptFailed failure -> failure.duration();
            default -> null;
        };
    }

    @Override
    public void run(RunEvent event, RunDecision decision) {
        // Runs take no slots.
    }

    AttemptTime of(String pool, Instant now) {
        Observed known = pools.get(pool);
        return known == null ? AttemptTime.NONE : known.decayed(now);
    }
}
