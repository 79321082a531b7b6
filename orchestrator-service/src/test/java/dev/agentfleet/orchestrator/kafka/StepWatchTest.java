package dev.agentfleet.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepWatchTest {

    @Test
    void interruptsAStepThatTakesTooLongAndTheThreadGoesOn() {
        CountDownLatch never = new CountDownLatch(1);
        try (StepWatch watch = new StepWatch(Duration.ofMillis(50))) {
            assertThat(watch.step(() -> isInterruptedBefore(never))).isTrue();
            assertThat(watch.step(() -> isInterruptedBefore(never))).as("again").isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void leavesNoInterruptBehindThatAStepDidNotNotice() {
        try (StepWatch watch = new StepWatch(Duration.ofMillis(50))) {
            watch.step(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return true;
            });
        }

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void countsEachStepOnItsOwn() {
        CountDownLatch never = new CountDownLatch(1);
        try (StepWatch watch = new StepWatch(Duration.ofSeconds(2))) {
            for (int i = 0; i < 30; i++) {
                assertThat(watch.step(() -> isInterruptedBefore(never, 100))).isFalse();
            }
        }
    }

    private static boolean isInterruptedBefore(CountDownLatch latch) {
        return isInterruptedBefore(latch, 20_000);
    }

    private static boolean isInterruptedBefore(CountDownLatch latch, long millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
