package dev.agentfleet.worker;

import dev.agentfleet.worker.config.ConfigRules;
import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.health.Intake;
import dev.agentfleet.worker.kafka.AssignmentConsumer;
import dev.agentfleet.worker.kafka.GroupSession;
import dev.agentfleet.worker.kafka.KafkaAssignmentSource;
import dev.agentfleet.worker.kafka.KafkaControlReader;
import dev.agentfleet.worker.kafka.KafkaHeartbeat;
import dev.agentfleet.worker.runtime.AttemptSweep;
import dev.agentfleet.worker.runtime.Drain;
import dev.agentfleet.worker.runtime.Surplus;
import dev.agentfleet.worker.runtime.WorkerTimer;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The order in which a worker starts and ends. */
@Singleton
final class WorkerLifecycle {

    /** Longer than a rebalance takes in which every other worker waits for its attempts, on a busy machine too. */
    private static final Duration COMMITTED = Duration.ofSeconds(15);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Conditions conditions;
    private final WorkerConfig config;
    private final WorkerTimer timer;
    private final AttemptSweep sweep;
    private final Surplus surplus;
    private final Drain drain;
    private final Intake intake;
    private final Kafka kafka;

    /** What is started and ended of Kafka. */
    @Singleton
    record Kafka(
            KafkaControlReader control,
            KafkaAssignmentSource source,
            AssignmentConsumer consumer,
            GroupSession session,
            KafkaHeartbeat heartbeat) {}

    /** Without which nothing may start. */
    @Singleton
    record Conditions(ConfigRules rules, WorkerSandbox sandbox) {}

    WorkerLifecycle(
            Conditions conditions,
            WorkerConfig config,
            WorkerTimer timer,
            AttemptSweep sweep,
            Surplus surplus,
            Drain drain,
            Intake intake,
            Kafka kafka) {
        this.conditions = conditions;
        this.config = config;
        this.timer = timer;
        this.sweep = sweep;
        this.surplus = surplus;
        this.drain = drain;
        this.intake = intake;
        this.kafka = kafka;
    }

    /** No task starts before every cancel of the past is known. */
    void onStart(@Observes StartupEvent event) {
        conditions.rules().check();
        conditions.sandbox().open();
        Termination.repeatEarlySignal();
        Termination.onSecondSignal(drain::hurry);
        sweep.start(timer);
        kafka.control().start(() -> {
            kafka.source().start();
            surplus.start(timer);
            kafka.session().start();
            kafka.heartbeat().start(timer, config.heartbeat());
            intake.start(timer);
        });
    }

    /** Before anything else of the process ends: results and commits need the connector. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        drain.begin();
        kafka.consumer().pause();
        kafka.heartbeat().beat();
        drain.finish();
        kafka.consumer().awaitCommitted(COMMITTED);
        kafka.heartbeat().leave(FAREWELL);
        kafka.control().close();
        conditions.sandbox().close();
    }
}
