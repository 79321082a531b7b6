package dev.agentfleet.cli.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.TaskId;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void joinsTheLinesOfOneExecutionAndKeepsThoseThatDidNotEnd() {
        var executions = Ledger.read(Stream.of(
                "S run-1/0 1 worker-a 42 100",
                "S run-1/1 1 worker-a 42 100",
                "E run-1/0 1 worker-a 42 103",
                "S run-1/0 1 worker-b 43 110",
                "half a li"));

        assertThat(executions)
                .containsExactly(
                        execution(0, "worker-a", 42, 100, Instant.ofEpochSecond(103)),
                        execution(1, "worker-a", 42, 100, null),
                        execution(0, "worker-b", 43, 110, null));
    }

    private static Execution execution(
            int index, String worker, long pid, long start, @org.jspecify.annotations.Nullable Instant end) {
        return new Execution(TaskId.parse("run-1/" + index), 1, worker, pid, Instant.ofEpochSecond(start), end);
    }
}
