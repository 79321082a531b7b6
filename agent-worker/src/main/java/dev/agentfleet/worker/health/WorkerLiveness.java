package dev.agentfleet.worker.health;

import dev.agentfleet.worker.kafka.AssignmentConsumer;
import dev.agentfleet.worker.kafka.KafkaControlReader;
import dev.agentfleet.worker.runtime.AttemptSweep;
import dev.agentfleet.worker.runtime.Slots;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when only a restart can help: a loop stands still, or code that does not stop holds every slot. */
@Liveness
final class WorkerLiveness implements HealthCheck {

    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final AssignmentConsumer assignments;
    private final KafkaControlReader control;
    private final AttemptSweep sweep;
    private final Slots slots;

    WorkerLiveness(AssignmentConsumer assignments, KafkaControlReader control, AttemptSweep sweep, Slots slots) {
        this.assignments = assignments;
        this.control = control;
        this.sweep = sweep;
        this.slots = slots;
    }

    @Override
    public HealthCheckResponse call() {
        boolean moves = assignments.sinceLastPoll().compareTo(STANDSTILL) < 0
                && control.age().compareTo(STANDSTILL) < 0
                && sweep.age().compareTo(STANDSTILL) < 0;
        return HealthCheckResponse.named("worker moves")
                .withData("secondsSinceLastPoll", assignments.sinceLastPoll().toSeconds())
                .withData("secondsSinceControlPoll", control.age().toSeconds())
                .withData("secondsSinceSweep", sweep.age().toSeconds())
                .withData("slotsLost", slots.lost())
                .status(moves && slots.lost() < slots.total())
                .build();
    }
}
