package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.config.Configs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final Slots slots = new Slots(Configs.worker(Map.of("fleet.worker.slots", "2")));

    @Test
    void isDrainedOnceItTakesNothingAndHoldsNothingButWhatIsLost() {
        assertThat(slots.take()).isTrue();
        assertThat(slots.take()).isTrue();
        slots.lose();
        slots.free();
        assertThat(slots.isDrained()).as("idle, and open for more").isFalse();

        slots.regain();
        slots.drain();
        assertThat(slots.isDrained()).as("one is busy").isFalse();

        slots.lose();
        assertThat(slots.isDrained()).as("its code does not stop").isTrue();
    }
}
