package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowedRunTest {
    private static final long SECOND = 1_000_000_000L;
    private static final RunId ID = new RunId("r");

    @Test
    void tellsHowLongEachTenthTook() throws InterruptedException {
        var run = new FollowedRun(ID, 20, 0);

        for (int i = 1; i <= 20; i++) {
            run.outcome(i <= 10 ? i * SECOND : (10 + (i - 10) * 3L) * SECOND);
        }
        run.completed(completed(20), 41 * SECOND);

        run.awaitSuccess();
        assertThat(run.secondsOfTenth(1)).isEqualTo(2);
        assertThat(run.secondsOfTenth(10)).isEqualTo(6);
        assertThat(run.seconds()).isEqualTo(41);
    }

    @Test
    void isNoMeasurementWhenAnOutcomeIsMissing() {
        var run = new FollowedRun(ID, 2, 0);

        run.outcome(1);
        run.completed(completed(2), 2);

        assertThatThrownBy(run::awaitSuccess).isInstanceOf(BenchException.class).hasMessageContaining("1 outcomes");
    }

    @Test
    void isNoMeasurementWhenATaskFailed() {
        var run = new FollowedRun(ID, 2, 0);

        run.outcome(1);
        run.outcome(1);
        run.completed(completed(1), 2);

        assertThatThrownBy(run::awaitSuccess).isInstanceOf(BenchException.class);
    }

    private static RunCompleted completed(int succeeded) {
        return new RunCompleted(
                ID,
                1,
                RunStatus.SUCCEEDED,
                succeeded,
                new Counts(succeeded, 0, 0, 0, 0),
                succeeded,
                null,
                null,
                List.of(),
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
