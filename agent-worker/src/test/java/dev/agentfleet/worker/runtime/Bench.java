package dev.agentfleet.worker.runtime;

import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.attempt.Reports;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.execution.AttemptTimes;
import dev.agentfleet.worker.execution.BoundAgent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The runtime with fakes around it and a clock driven by hand. */
final class Bench {

    /** What an agent does. */
    interface Code {
        Object run(Payload input, AgentContext context) throws Exception;
    }

    final AtomicLong nanos = new AtomicLong(1_000);
    final RecordingReporter reporter = new RecordingReporter();
    final LiveAttempts live = new LiveAttempts();
    final Slots slots;
    final AttemptServices services;
    /** Why the process would have ended, with what was reported and acknowledged then. */
    final List<String> ends = new CopyOnWriteArrayList<>();

    final FakeRecord record = new FakeRecord(null, Map.of());

    Bench() {
        this(OpenTelemetry.noop());
    }

    Bench(OpenTelemetry telemetry) {
        this(telemetry, Map.of());
    }

    Bench(OpenTelemetry telemetry, Map<String, String> keys) {
        var all = new HashMap<>(Map.of("fleet.worker.slots", "4"));
        all.putAll(keys);
        var config = Configs.worker(all);
        this.slots = new Slots(config);
        var identity = new WorkerIdentity(config, new WorkerVersion("1"));
        var journal = new AttemptJournal(identity, new SimpleMeterRegistry(), slots);
        var spans = new AttemptSpans(telemetry, identity);
        this.services = new AttemptServices(
                slots,
                live,
                reporter,
                new Reports("w"),
                journal,
                spans,
                nanos::get,
                AttemptTimes.of(config.claimAfter(), config.stopGrace()),
                new Failpoints(
                        config,
                        (why, cause) -> ends.add(
                                cause.getMessage() + " " + reporter.names() + " acknowledged=" + record.acknowledged)));
    }

    void pass(Duration time) {
        live.tick(nanos.addAndGet(time.toNanos()));
    }

    static TaskAssignment assignment(Duration timeout) {
        return new TaskAssignment(TaskId.parse("run/0"), 1, 1, "test", new Payload("1"), timeout, null);
    }

    static BoundAgent agent(Code code) {
        return agent(code, Json.mapper().constructType(Payload.class));
    }

    static BoundAgent agent(Code code, JavaType input) {
        return new BoundAgent(
                new Agent<Object, Object>() {
                    @Override
                    public String name() {
                        return "test";
                    }

                    @Override
                    public Object run(Object given, AgentContext context) throws Exception {
                        return code.run(given instanceof Payload payload ? payload : Payload.NULL, context);
                    }
                },
                input);
    }
}
