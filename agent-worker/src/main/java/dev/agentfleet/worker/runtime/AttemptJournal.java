package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Logs and counts what happens to attempts: one line per transition, never an input, an output or a failure's text. */
@Singleton
final class AttemptJournal {

    private static final Logger LOG = Logger.getLogger(AttemptJournal.class);

    private record Ended(String agent, String verdict) {}

    private record Conclusions(Counter attempts, Counter seconds) {}

    private record Spent(Counter input, Counter output, Counter cacheRead, Counter cacheWrite, Counter usd) {}

    private final String workerId;
    private final MeterRegistry registry;
    private final ConcurrentHashMap<Ended, Conclusions> ended = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Spent> spent = new ConcurrentHashMap<>();
    private final Counter claimed;
    private final Counter joined;
    private final Counter unreadable;

    AttemptJournal(WorkerIdentity identity, MeterRegistry registry, Slots slots) {
        this.workerId = identity.workerId();
        this.registry = registry;
        this.claimed = counter(FleetMetric.WORKER_ATTEMPTS_CLAIMED);
        this.joined = counter(FleetMetric.WORKER_ASSIGNMENTS_JOINED);
        this.unreadable = counter(FleetMetric.WORKER_ASSIGNMENTS_UNREADABLE);
        gauge(FleetMetric.WORKER_SLOTS, slots::total);
        gauge(FleetMetric.WORKER_SLOTS_BUSY, slots::busy);
        gauge(FleetMetric.WORKER_SLOTS_LOST, slots::lost);
    }

    void started(TaskAssignment assignment, RecordPosition position) {
        log(Logger.Level.DEBUG, assignment, position, "started");
    }

    void claimed(TaskAssignment assignment, RecordPosition position) {
        log(Logger.Level.DEBUG, assignment, position, "claimed");
        claimed.increment();
    }

    /** It came again while it runs here. */
    void joined(TaskAssignment assignment, RecordPosition position) {
        log(Logger.Level.DEBUG, assignment, position, "delivered again");
        joined.increment();
    }

    void concluded(
            TaskAssignment assignment, RecordPosition position, Verdict verdict, Duration ran, @Nullable Cost cost) {
        log(assignment, position, verdict, ran);
        count(assignment.agent(), verdict, ran);
        Spent byAgent = spent.computeIfAbsent(assignment.agent(), this::spent);
        if (cost != null) {
            byAgent.input().increment(cost.inputTokens());
            byAgent.output().increment(cost.outputTokens());
            byAgent.cacheRead().increment(cost.cacheRead());
            byAgent.cacheWrite().increment(cost.cacheWrite());
            byAgent.usd().increment(cost.usd().doubleValue());
        }
    }

    /** An attempt that was never started: what its message calls an agent may be anything and must not become a tag. */
    void refused(TaskAssignment assignment, RecordPosition position, Verdict verdict) {
        log(assignment, position, verdict, Duration.ZERO);
        count("not-started", verdict, Duration.ZERO);
    }

    /** Its class and place only: a message may quote the input. */
    void threw(TaskAssignment assignment, RecordPosition position, Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        String place = stack.length == 0 ? "unknown" : stack[0].toString();
        log(
                Logger.Level.DEBUG,
                assignment,
                position,
                "threw=" + thrown.getClass().getName() + " at=" + place);
    }

    void lost(TaskAssignment assignment, RecordPosition position) {
        log(Logger.Level.WARN, assignment, position, "does not stop: its slot is lost until its code ends");
    }

    void unreadable(@Nullable AttemptId id, RecordPosition position, String reason) {
        unreadable.increment();
        var keys = new LinkedHashMap<String, Object>();
        if (id != null) {
            keys.put("runId", id.taskId().runId());
            keys.put("taskId", id.taskId());
            keys.put("attempt", id.attempt());
        }
        keys.put("workerId", workerId);
        add(keys, position);
        log(Logger.Level.WARN, keys, "unreadable assignment: " + reason);
    }

    private void log(TaskAssignment assignment, RecordPosition position, Verdict verdict, Duration ran) {
        switch (verdict) {
            case Verdict.Succeeded _ -> log(Logger.Level.DEBUG, assignment, position, "succeeded");
            case Verdict.Failed(var failure) ->
                log(Logger.Level.INFO, assignment, position, "failed code=" + failure.code() + " ran=" + ran);
            case Verdict.Unavailable(var failure) ->
                log(Logger.Level.INFO, assignment, position, "unavailable code=" + failure.code());
            case Verdict.TimedOut() -> log(Logger.Level.INFO, assignment, position, "timed out ran=" + ran);
            case Verdict.Released(var reason) ->
                log(
                        reason == ReleaseReason.NO_SLOT ? Logger.Level.DEBUG : Logger.Level.INFO,
                        assignment,
                        position,
                        "released reason=" + reason);
            case Verdict.Dropped() -> log(Logger.Level.DEBUG, assignment, position, "dropped");
        }
    }

    private void count(String agent, Verdict verdict, Duration ran) {
        var conclusions = ended.computeIfAbsent(
                new Ended(agent, verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT)), this::conclusions);
        conclusions.attempts().increment();
        conclusions.seconds().increment(ran.toNanos() / 1e9);
    }

    private Spent spent(String agent) {
        return new Spent(
                counter(FleetMetric.WORKER_TOKENS_INPUT, agent),
                counter(FleetMetric.WORKER_TOKENS_OUTPUT, agent),
                counter(FleetMetric.WORKER_TOKENS_CACHE_READ, agent),
                counter(FleetMetric.WORKER_TOKENS_CACHE_WRITE, agent),
                counter(FleetMetric.WORKER_COST, agent));
    }

    private Conclusions conclusions(Ended key) {
        return new Conclusions(
                counter(FleetMetric.WORKER_ATTEMPTS_ENDED, key.agent(), key.verdict()),
                counter(FleetMetric.WORKER_ATTEMPTS_RAN, key.agent(), key.verdict()));
    }

    private void log(Logger.Level level, TaskAssignment assignment, RecordPosition position, String what) {
        if (LOG.isEnabled(level)) {
            log(level, keys(assignment, position), what);
        }
    }

    /** The ids stand in the text, and as fields of their own in a JSON log. */
    private static void log(Logger.Level level, Map<String, Object> keys, String what) {
        keys.forEach((key, value) -> MDC.put(key, value.toString()));
        try {
            String ids = keys.entrySet().stream()
                    .map(entry -> entry.getKey() + '=' + entry.getValue())
                    .collect(Collectors.joining(" "));
            LOG.log(level, ids + ' ' + what);
        } finally {
            keys.keySet().forEach(MDC::remove);
        }
    }

    private Map<String, Object> keys(TaskAssignment assignment, RecordPosition position) {
        var keys = new LinkedHashMap<String, Object>();
        keys.put("runId", assignment.taskId().runId());
        keys.put("taskId", assignment.taskId());
        keys.put("attempt", assignment.attempt());
        keys.put("workerId", workerId);
        keys.put("agent", assignment.agent());
        add(keys, position);
        return keys;
    }

    private static void add(Map<String, Object> keys, RecordPosition position) {
        keys.put("topic", position.topic());
        keys.put("partition", position.partition());
        keys.put("offset", position.offset());
    }

    private Counter counter(FleetMetric metric, String... values) {
        var builder =
                Counter.builder(metric.metricName()).baseUnit(unit(metric)).description(metric.description());
        for (int i = 0; i < values.length; i++) {
            builder.tag(metric.tags().get(i), values[i]);
        }
        return builder.register(registry);
    }

    private void gauge(FleetMetric metric, Supplier<Number> value) {
        Gauge.builder(metric.metricName(), value)
                .baseUnit(unit(metric))
                .description(metric.description())
                .strongReference(true)
                .register(registry);
    }

    /** Only time is part of a name: any other unit is there already. */
    private static @Nullable String unit(FleetMetric metric) {
        return metric.unit().equals("seconds") ? "seconds" : null;
    }
}
