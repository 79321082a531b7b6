package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final Goal TASKS = new Goal("tasks", Unit.PER_SECOND, null, null, "raw");

    @Test
    void saysOfEachFigureHowManyRoundsItIsTheMedianOf() {
        var thrice = result("thrice", 3);
        var once = result("once", 1);

        List<String> lines = BenchReport.of(1, 3, List.of(thrice, once)).lines();

        assertThat(lines).anyMatch(line -> line.matches("thrice +tasks +70/s +3 .*"));
        assertThat(lines).anyMatch(line -> line.matches("once +tasks +70/s +1 .*"));
        assertThat(lines).noneMatch(line -> line.contains("3 rounds"));
    }

    @Test
    void aProcessThatHasEndedHasNoHeapButItsProcessorTime() {
        var result = new Result("lost", "", List.of(), List.of(new ProcessFigures("worker-1", null, 2.5)));

        assertThat(BenchReport.of(1, 1, List.of(result)).lines())
                .anyMatch(line -> line.matches("lost +worker-1 +- +2\\.5"));
    }

    private static Result result(String name, int rounds) {
        var measured = Collections.nCopies(rounds, new Measured(70, 700));
        return new Result(name, "", List.of(Result.Row.of(TASKS, measured, List.of())), List.of());
    }
}
