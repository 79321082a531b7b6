package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.AttemptProgress;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskStatus;
import dev.agentfleet.contract.WasteCause;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.orchestrator.partition.DecisionObserver;
import dev.agentfleet.orchestrator.run.AttemptEnd;
import dev.agentfleet.orchestrator.run.IgnoreReason;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEffect;
import dev.agentfleet.orchestrator.run.RunEvent;
import dev.agentfleet.orchestrator.run.TaskDecision;
import dev.agentfleet.orchestrator.run.TaskEffect;
import dev.agentfleet.orchestrator.run.TaskEvent;
import dev.agentfleet.orchestrator.run.TaskState;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what home partitions decide. Every counter is there from the start, so that a rate can begin at 0. */
public final class DecisionCounts implements DecisionObserver {

    private final CommittedCounts counts;
    private final Map<String, Counter> dispatched;
    private final EnumMap<TaskStatus, Counter> outcomes;
    private final EnumMap<RunStatus, Counter> completed;
    private final EnumMap<IgnoreReason, Counter> ignored;
    private final EnumMap<WasteCause, Taken> wasted;
    private final Taken accepted;
    private final Counter retried;
    private final Counter returned;
    private final Counter redriven;
    private final Counter deadTasks;
    private final Counter deadRecords;
    private final Counter admitted;
    private final Counter rejected;
    private final Counter purged;

    /** What attempts took. */
    private record Taken(Counter seconds, Counter tokens, Counter usd) {

        void add(AttemptEnd end, CommittedCounts counts) {
            counts.add(seconds, DecisionCounts.seconds(end.duration()));
            Cost cost = end.cost();
            if (cost != null) {
                counts.add(tokens, cost.tokens());
                counts.add(usd, cost.usd().doubleValue());
            }
        }
    }

    /** @param pools the names of the configured pools */
    DecisionCounts(Meters meters, CommittedCounts counts, Set<String> pools) {
        this.counts = counts;
        dispatched = pools.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), pool -> meters.counter(FleetMetric.ATTEMPTS_DISPATCHED, pool)));
        outcomes = each(TaskStatus.class, status -> meters.counter(FleetMetric.TASKS_OUTCOMES, tag(status)));
        completed = each(RunStatus.class, status -> meters.counter(FleetMetric.RUNS_COMPLETED, tag(status)));
        ignored = each(IgnoreReason.class, reason -> meters.counter(FleetMetric.EVENTS_IGNORED, tag(reason)));
        wasted = new EnumMap<>(WasteCause.class);
        for (WasteCause cause : WasteCause.values()) {
            wasted.put(
                    cause,
                    new Taken(
                            meters.counter(FleetMetric.ATTEMPTS_WASTED, tag(cause)),
                            meters.counter(FleetMetric.TOKENS_WASTED, tag(cause)),
                            meters.counter(FleetMetric.COST_WASTED, tag(cause))));
        }
        accepted = new Taken(
                meters.counter(FleetMetric.ATTEMPTS_ACCEPTED),
                meters.counter(FleetMetric.TOKENS_ACCEPTED),
                meters.counter(FleetMetric.COST_ACCEPTED));
        retried = meters.counter(FleetMetric.ATTEMPTS_RETRIED);
        returned = meters.counter(FleetMetric.ATTEMPTS_RETURNED);
        redriven = meters.counter(FleetMetric.TASKS_REDRIVEN);
        deadTasks = meters.counter(FleetMetric.DEAD_LETTERS, "task");
        deadRecords = meters.counter(FleetMetric.DEAD_LETTERS, "record");
        admitted = meters.counter(FleetMetric.RUNS_ADMITTED);
        rejected = meters.counter(FleetMetric.REQUESTS_REJECTED);
        purged = meters.counter(FleetMetric.RUNS_PURGED);
    }

    private static <E extends Enum<E>> EnumMap<E, Counter> each(Class<E> type, Function<E, Counter> counter) {
        EnumMap<E, Counter> counters = new EnumMap<>(type);
        Arrays.stream(type.getEnumConstants())
                .filter(value -> !(value instanceof RunStatus status) || status.isFinal())
                .forEach(value -> counters.put(value, counter.apply(value)));
        return counters;
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void task(TaskState before, TaskEvent event, TaskDecision decision, Instant now) {
        switch (decision) {
            case TaskDecision.Ignored(var reason, var e) -> {
                // Progress changes nothing by its nature.
                if (!(event instanceof TaskEvent.Reported(AttemptReport report) && report instanceof AttemptProgress)) {
                    add(Objects.requireNonNull(ignored.get(reason)));
                }
            }
            case TaskDecision.Applied applied -> applied(event, applied);
        }
        AttemptEnd end = AttemptEnd.of(before, event, decision, now);
        if (end != null) {
            (end.wasted() == null ? accepted : Objects.requireNonNull(wasted.get(end.wasted()))).add(end, counts);
        }
    }

    private void applied(TaskEvent event, TaskDecision.Applied applied) {
        switch (applied.next()) {
            case TaskState.Dispatched next -> add(Objects.requireNonNull(dispatched.get(next.pool())));
            case TaskState.BackingOff next when event instanceof TaskEvent.Redrive -> add(redriven);
            case TaskState.BackingOff next when event instanceof TaskEvent.Reported(AttemptReleased r) -> add(returned);
            case TaskState.BackingOff next -> add(next.last() == null ? returned : retried);
            case TaskState.Settled next ->
                add(Objects.requireNonNull(outcomes.get(next.outcome().status())));
            case TaskState.Waiting w -> {}
            case TaskState.Running r -> {}
        }
        for (TaskEffect effect : applied.effects()) {
            if (effect instanceof TaskEffect.Bury) {
                add(deadTasks);
            }
        }
    }

    @Override
    public void run(RunEvent event, RunDecision decision) {
        switch (decision) {
            case RunDecision.Ignored(var reason) -> {
                if (!(event instanceof RunEvent.TaskMoved)) {
                    add(Objects.requireNonNull(ignored.get(reason)));
                }
            }
            case RunDecision.Rejected r -> add(rejected);
            case RunDecision.Applied applied -> {
                if (event instanceof RunEvent.Submitted) {
                    add(admitted);
                }
                for (RunEffect effect : applied.effects()) {
                    if (effect instanceof RunEffect.Complete) {
                        RunStatus status =
                                Objects.requireNonNull(applied.next()).status();
                        add(Objects.requireNonNull(completed.get(status)));
                    }
                    if (effect instanceof RunEffect.Forget) {
                        add(purged);
                    }
                }
            }
        }
    }

    /** A record was put aside as it is. */
    public void unreadable() {
        add(deadRecords);
    }

    private void add(Counter counter) {
        counts.add(counter, 1);
    }

    static double seconds(Duration time) {
        return time.toSeconds() + time.getNano() / 1e9;
    }
}
