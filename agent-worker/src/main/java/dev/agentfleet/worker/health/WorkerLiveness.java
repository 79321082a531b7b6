package dev.agentfleet.worker.health;

import dev.agentfleet.worker.kafka.AssignmentConsumer;
import dev.agentfleet.worker.kafka.KafkaControlReader;
import dev.agentfleet.worker.runtime.AttemptSweep;
import dev.agentfleet.worker.runtime.Slots;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down when only a restart can help: a loop stands still, code that does not stop holds every slot, or work waits that is
 * not taken. That last one is no matter of readiness: nobody sends work to a worker, so it would go on holding its
 * partitions, unready; when it is ended, others get them.
 */
@Liveness
final class WorkerLiveness implements HealthCheck {

    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final AssignmentConsumer assignments;
    private final KafkaControlReader control;
    private final AttemptSweep sweep;
    private final Slots slots;
    private final Intake intake;

    WorkerLiveness(
            AssignmentConsumer assignments,
            KafkaControlReader control,
            AttemptSweep sweep,
            Slots slots,
            Intake intake) {
        this.assignments = assignments;
        this.control = control;
        this.sweep = sweep;
        this.slots = slots;
        this.intake = intake;
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
                .withData("secondsStuck", intake.stuckFor().toSeconds())
                .status(moves && slots.lost() < slots.total() && !intake.isStuck())
                .build();
    }
}
