package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void isOverAfterTwoRoundsThatGainNothing() {
        assertThat(taken(Unit.SECONDS, 5.8, 4.3, 3.2, 3.1, 3.3, 1.7)).containsExactly(5.8, 4.3, 3.2, 3.1, 3.3);
        assertThat(taken(Unit.PER_SECOND, 2_000, 7_000, 7_100, 6_000, 9_000))
                .containsExactly(2_000.0, 7_000.0, 7_100.0, 6_000.0);
    }

    @Test
    void goesOnAfterOneThatGainsNothing() {
        assertThat(taken(Unit.SECONDS, 4, 5, 3, 3.1, 2, 2, 2)).containsExactly(4.0, 5.0, 3.0, 3.1, 2.0, 2.0, 2.0);
    }

    @Test
    void isOverAfterTwelveRoundsWhateverTheyGain() {
        double[] ever =
                IntStream.rangeClosed(1, 20).mapToDouble(i -> i * i * 100).toArray();

        assertThat(taken(Unit.PER_SECOND, ever)).hasSize(12);
    }

    private static List<Double> taken(Unit unit, double... rounds) {
        var warmUp = new WarmUp(unit);
        var taken = new ArrayList<Double>();
        for (double round : rounds) {
            if (!warmUp.isOver()) {
                warmUp.add(round);
                taken.add(round);
            }
        }
        return taken;
    }
}
