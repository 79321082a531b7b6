package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void takesTheMedianOfTheRoundsAndComparesItWithTheBaselineAndTheGoal() {
        var goal = new Goal("tasks", Unit.PER_SECOND, 100.0, 200.0, "raw");

        var row = Result.Row.of(
                goal,
                List.of(new Measured(90, 400), new Measured(120, 600), new Measured(300, 500)),
                List.of(new Measured(1, 1), new Measured(70, 400)));

        assertThat(row.value()).isEqualTo(120);
        assertThat(row.baseline()).isEqualTo(500);
        assertThat(row.ratio()).isEqualTo(0.24);
        assertThat(row.warmUp()).containsExactly(1.0, 70.0);
        assertThat(row.met()).isTrue();
    }

    @Test
    void aDurationMeetsItsGoalFromBelow() {
        var goal = new Goal("duration", Unit.SECONDS, 2.0, 1.2, "ideal");

        assertThat(Result.Row.of(goal, List.of(new Measured(2.1, 1)), List.of()).met())
                .isFalse();
        assertThat(Result.Row.of(goal, List.of(new Measured(1.9, 1)), List.of()).met())
                .isTrue();
    }

    @Test
    void aPercentileIsTheSmallestValueThatSoManyReach() {
        var latencies = new Latencies(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());

        assertThat(latencies.millis(50)).isEqualTo(100);
        assertThat(latencies.millis(99)).isEqualTo(198);
    }
}
