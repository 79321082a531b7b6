package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartsTest {
    private static final Instant ZERO = Instant.parse("2026-01-02T03:04:00Z");

    @TempDir
    Path directory;

    @Test
    void findsTheLongestTimeWithoutAStartWithinItsBounds() {
        var starts =
                starts(start(0, "w-1", "run/0#1", 0), start(3, "w-1", "run/1#1", 0), start(4, "w-1", "run/2#1", 0));

        assertThat(starts.longestGap(at(1), at(5))).isEqualTo(Duration.ofSeconds(2));
        assertThat(starts.longestGap(at(3), at(9))).as("to the end").isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void countsEachFurtherStartOfAnAttempt() {
        var starts = starts(
                start(0, "w-1", "run/0#1", 0),
                start(1, "w-2", "run/0#1", 0),
                start(2, "w-2", "run/0#1", 0),
                start(3, "w-2", "run/0#2", 0));

        assertThat(starts.again()).isEqualTo(2);
    }

    @Test
    void waitsAreThoseOfFirstStarts() {
        var starts = starts(start(2, "w-1", "run/0#1", 0), start(9, "w-2", "run/0#1", 0));

        assertThat(starts.longestWait(Map.of("run", at(1)))).isEqualTo(Duration.ofSeconds(1));
        assertThat(starts.longestWait(Map.of("other", at(1)))).isZero();
    }

    @Test
    void aWorkerIsSucceededWhenTheLastOfItsPartitionsIsServed() {
        var starts = starts(
                start(0, "w-1", "run/0#1", 0),
                start(0, "w-1", "run/1#1", 1),
                start(0, "w-2", "run/2#1", 2),
                start(8, "w-2", "run/3#1", 0),
                start(11, "w-3", "run/4#1", 1),
                start(20, "w-2", "run/5#1", 2));

        assertThat(starts.takenOver("w-1", at(1))).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> starts.takenOver("w-9", at(1)))
                .isInstanceOf(BenchException.class)
                .hasMessage("w-9 had no partition that others took over");
    }

    @Test
    void readsTheLinesOfWorkersLogs() throws IOException {
        Path log = directory.resolve("worker-1.log");
        Files.writeString(log, """
                2026-01-02T03:04:01.500Z DEBUG [AttemptJournal] runId=r taskId=r/3 attempt=2 workerId=w agent=sleep topic=fleet.tasks.default partition=17 offset=5 started
                2026-01-02T03:04:01.600Z DEBUG [AttemptJournal] runId=r taskId=r/3 attempt=2 workerId=w agent=sleep succeeded
                """);

        assertThat(StartLine.read(Map.of("worker-1", log)))
                .containsExactly(new StartLine(ZERO.plusMillis(1_500), "worker-1", "r", "r/3#2", 17));
    }

    private static Starts starts(StartLine... lines) {
        return new Starts(List.of(lines));
    }

    private static StartLine start(int second, String worker, String task, int partition) {
        return new StartLine(at(second), worker, task.substring(0, task.indexOf('/')), task, partition);
    }

    private static Instant at(int second) {
        return ZERO.plusSeconds(second);
    }
}
