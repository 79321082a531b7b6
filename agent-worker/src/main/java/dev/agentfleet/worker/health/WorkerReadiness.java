package dev.agentfleet.worker.health;

import dev.agentfleet.worker.kafka.AssignmentConsumer;
import dev.agentfleet.worker.kafka.KafkaControlReader;
import dev.agentfleet.worker.runtime.Slots;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import java.util.Objects;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the worker takes tasks: it knows every cancel of the past, is in the group, and does not drain. */
@Readiness
final class WorkerReadiness implements HealthCheck {

    private final KafkaControlReader control;
    private final AssignmentConsumer assignments;
    private final Slots slots;
    private final WorkerSandbox sandbox;

    WorkerReadiness(KafkaControlReader control, AssignmentConsumer assignments, Slots slots, WorkerSandbox sandbox) {
        this.control = control;
        this.assignments = assignments;
        this.slots = slots;
        this.sandbox = sandbox;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("worker takes tasks")
                .withData("controlRead", control.isAtEnd())
                .withData("joined", assignments.joined())
                .withData("draining", slots.draining())
                .withData("sandbox", Objects.requireNonNullElse(sandbox.level(), "off"))
                .status(control.isAtEnd() && assignments.joined() && !slots.draining())
                .build();
    }
}
