package dev.agentfleet.worker.health;

import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.kafka.AssignmentConsumer;
import dev.agentfleet.worker.kafka.KafkaHeartbeat;
import dev.agentfleet.worker.runtime.Slots;
import dev.agentfleet.worker.runtime.WorkerTimer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Watches whether this worker takes the work that waits for it. */
@Singleton
public final class Intake {

    private static final Duration LOOK = Duration.ofMillis(500);
    /** A broker that has not taken that many heartbeats is away. */
    private static final int MISSED_HEARTBEATS = 3;

    private final AssignmentConsumer assignments;
    private final KafkaHeartbeat heartbeat;
    private final Slots slots;
    private final WorkerConfig config;
    private final Ticker ticker;
    private final IntakeWatch watch;

    Intake(AssignmentConsumer assignments, KafkaHeartbeat heartbeat, Slots slots, WorkerConfig config, Ticker ticker) {
        this.assignments = assignments;
        this.heartbeat = heartbeat;
        this.slots = slots;
        this.config = config;
        this.ticker = ticker;
        this.watch = new IntakeWatch(ticker.nanos());
    }

    public void start(WorkerTimer timer) {
        timer.every(LOOK, this::look);
    }

    Duration stuckFor() {
        return watch.stuckFor();
    }

    boolean isStuck() {
        return watch.stuckFor().compareTo(config.stuckAfter()) >= 0;
    }

    private void look() {
        Duration silence = config.heartbeat().multipliedBy(MISSED_HEARTBEATS);
        var sight = new IntakeWatch.Sight(
                assignments.hasWaiting(),
                slots.total() - slots.busy(),
                slots.taken(),
                slots.draining(),
                heartbeat.sinceAnswer().compareTo(silence) < 0);
        watch.see(sight, ticker.nanos());
    }
}
