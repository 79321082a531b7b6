package dev.agentfleet.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.health.IntakeWatch.Sight;
import java.time.Duration;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class IntakeWatchTest {

    private static final Sight STUCK = new Sight(true, 3, 7, false, true);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now = 1_000;
    private final IntakeWatch watch = new IntakeWatch(now);

    @Test
    void isStuckWhileWorkWaitsForFreeSlotsAndNothingIsTaken() {
        seconds(61, _ -> STUCK);

        assertThat(watch.stuckFor()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void isNotStuckWhileItTakesSomethingNowAndThen() {
        seconds(600, second -> new Sight(true, 3, second / 50, false, true));

        assertThat(watch.stuckFor()).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void isNotStuckWithSlowTasksWhenNothingWaits() {
        seconds(600, _ -> new Sight(false, 3, 7, false, true));

        assertThat(watch.stuckFor()).isZero();
    }

    @Test
    void isNotStuckWithFullSlotsHoweverSlowTheirTasks() {
        seconds(600, _ -> new Sight(true, 0, 7, false, true));

        assertThat(watch.stuckFor()).isZero();
    }

    @Test
    void isNotStuckWhileItDrains() {
        seconds(600, _ -> new Sight(true, 3, 7, true, true));

        assertThat(watch.stuckFor()).isZero();
    }

    @Test
    void isNotStuckWhileTheBrokerIsAway() {
        seconds(600, _ -> new Sight(true, 3, 7, false, false));

        assertThat(watch.stuckFor()).isZero();
    }

    @Test
    void countsAnewFromTheEndOfWhatExplainedIt() {
        seconds(50, _ -> STUCK);
        seconds(10, _ -> new Sight(true, 3, 7, false, false));

        seconds(20, _ -> STUCK);

        assertThat(watch.stuckFor()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void isWellAgainWithTheNextOneTaken() {
        seconds(100, _ -> STUCK);

        seconds(1, _ -> new Sight(true, 2, 8, false, true));

        assertThat(watch.stuckFor()).isZero();
    }

    /** Looks once a second. */
    private void seconds(int number, LongFunction<Sight> sight) {
        for (int i = 0; i < number; i++) {
            now += SECOND;
            watch.see(sight.apply(i), now);
        }
    }
}
