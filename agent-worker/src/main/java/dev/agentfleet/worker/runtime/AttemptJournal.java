package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs and counts what happens to attempts: one line per transition, never an input, an output or a failure's text. */
@Singleton
final class AttemptJournal {

    private static final Logger LOG = Logger.getLogger(AttemptJournal.class);
    private static final String KEYS = "runId=%s taskId=%s attempt=%d workerId=%s agent=%s ";

    private record Ended(String agent, String verdict) {}

    private final String workerId;
    private final MeterRegistry registry;
    private final ConcurrentHashMap<Ended, Counter> ended = new ConcurrentHashMap<>();
    private final Counter unreadable;

    AttemptJournal(WorkerIdentity identity, MeterRegistry registry, Slots slots) {
        this.workerId = identity.workerId();
        this.registry = registry;
        this.unreadable = counter(WorkerMetric.ASSIGNMENTS_UNREADABLE);
        gauge(WorkerMetric.SLOTS, slots::total);
        gauge(WorkerMetric.SLOTS_BUSY, slots::busy);
        gauge(WorkerMetric.SLOTS_LOST, slots::lost);
    }

    void started(TaskAssignment assignment) {
        log(Logger.Level.DEBUG, assignment, "started");
    }

    void claimed(TaskAssignment assignment) {
        log(Logger.Level.DEBUG, assignment, "claimed");
    }

    void concluded(TaskAssignment assignment, Verdict verdict, Duration ran, @Nullable Cost cost) {
        log(assignment, verdict, ran);
        count(assignment.agent(), verdict);
        if (cost != null) {
            counter(WorkerMetric.INPUT_TOKENS, assignment.agent()).increment(cost.inputTokens());
            counter(WorkerMetric.OUTPUT_TOKENS, assignment.agent()).increment(cost.outputTokens());
            counter(WorkerMetric.MONEY, assignment.agent()).increment(cost.usd().doubleValue());
        }
    }

    /** An attempt that was never started: what its message calls an agent may be anything and must not become a tag. */
    void refused(TaskAssignment assignment, Verdict verdict) {
        log(assignment, verdict, Duration.ZERO);
        count("not-started", verdict);
    }

    /** Its class and place only: a message may quote the input. */
    void threw(TaskAssignment assignment, Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        String place = stack.length == 0 ? "unknown" : stack[0].toString();
        log(Logger.Level.DEBUG, assignment, "threw=" + thrown.getClass().getName() + " at=" + place);
    }

    void lost(TaskAssignment assignment) {
        log(Logger.Level.WARN, assignment, "does not stop: its slot is lost until its code ends");
    }

    void unreadable(@Nullable AttemptId id, String reason) {
        unreadable.increment();
        LOG.warnf(
                "taskId=%s attempt=%s workerId=%s unreadable assignment: %s",
                id == null ? "unknown" : id.taskId(), id == null ? "unknown" : id.attempt(), workerId, reason);
    }

    private void log(TaskAssignment assignment, Verdict verdict, Duration ran) {
        switch (verdict) {
            case Verdict.Succeeded _ -> log(Logger.Level.DEBUG, assignment, "succeeded");
            case Verdict.Failed(var failure) ->
                log(Logger.Level.INFO, assignment, "failed code=" + failure.code() + " ran=" + ran);
            case Verdict.TimedOut() -> log(Logger.Level.INFO, assignment, "timed out ran=" + ran);
            case Verdict.Released(var reason) -> log(Logger.Level.INFO, assignment, "released reason=" + reason);
            case Verdict.Dropped() -> log(Logger.Level.DEBUG, assignment, "dropped");
        }
    }

    private void count(String agent, Verdict verdict) {
        ended.computeIfAbsent(
                        new Ended(agent, verdict.getClass().getSimpleName()),
                        key -> counter(WorkerMetric.ATTEMPTS_ENDED, key.agent(), key.verdict()))
                .increment();
    }

    private void log(Logger.Level level, TaskAssignment assignment, String what) {
        if (LOG.isEnabled(level)) {
            var task = assignment.taskId();
            LOG.logf(level, KEYS + "%s", task.runId(), task, assignment.attempt(), workerId, assignment.agent(), what);
        }
    }

    private Counter counter(WorkerMetric metric, String... values) {
        var builder =
                Counter.builder(metric.metricName()).baseUnit(metric.unit()).description(metric.description());
        for (int i = 0; i < values.length; i++) {
            builder.tag(metric.tags().get(i), values[i]);
        }
        return builder.register(registry);
    }

    private void gauge(WorkerMetric metric, Supplier<Number> value) {
        Gauge.builder(metric.metricName(), value)
                .baseUnit(metric.unit())
                .description(metric.description())
                .strongReference(true)
                .register(registry);
    }
}
