package dev.agentfleet.cli.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.contract.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoisonIsolationTest {

    private static final String ASSIGNMENT = "{\"type\":\"TaskAssignment\",\"taskId\":\"poisoned/0\",\"attempt\":1,"
            + "\"revision\":1,\"agent\":\"echo\",\"input\":null,\"timeout\":\"PT1S\"}";

    private final GoodHistory history = new GoodHistory();

    @Test
    void catchesPoisonThatVanished() {
        poison("fleet.requests", "not JSON");

        assertThat(violations())
                .containsExactly("fleet.requests/0@7 (by hand): cannot be read, and has 0 dead letters");
    }

    @Test
    void catchesPoisonThatWasPutAsideCut() {
        poison("fleet.requests", "not JSON");
        history.bury(Map.of(
                Headers.REASON, "no JSON",
                Headers.SOURCE_TOPIC, "fleet.requests",
                Headers.SOURCE_PARTITION, "0",
                Headers.SOURCE_OFFSET, "7"));

        assertThat(violations()).singleElement().asString().contains("fleet.requests/0@7", "holds 0 of its 8 bytes");
    }

    @Test
    void catchesARequestThatNothingAnswered() {
        poison("fleet.requests", "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}");

        assertThat(violations())
                .containsExactly(
                        "fleet.requests/0@7 (by hand): is a request of run poisoned and never came to its home",
                        "fleet.requests/0@7 (by hand): asks SubmitRun of run poisoned and nothing answered it");
    }

    @Test
    void catchesAnAssignmentThatNobodyReportedOn() {
        poison("fleet.tasks.default", ASSIGNMENT);

        assertThat(violations())
                .containsExactly("fleet.tasks.default/0@7 (by hand): assigns attempt 1 of task poisoned/0"
                        + " and no worker reported on it");
    }

    @Test
    void letsPoisonThatCancelsTheRunExplainThatNobodyReportedOnItsAssignment() {
        poison("fleet.tasks.default", ASSIGNMENT);
        poison("fleet.control", "{\"type\":\"CancelRun\",\"runId\":\"poisoned\",\"revision\":1}");

        assertThat(violations()).isEmpty();
    }

    @Test
    void letsNeitherAnotherRunsNorAnOlderCancelExplainIt() {
        poison("fleet.tasks.default", ASSIGNMENT);
        poison("fleet.control", "{\"type\":\"CancelRun\",\"runId\":\"poisoned\",\"revision\":0}");
        poison("fleet.control", "{\"type\":\"CancelRun\",\"runId\":\"poisoned-too\"}");

        assertThat(violations()).hasSize(1);
    }

    private void poison(String topic, String value) {
        history.poison.add(new Poison(
                "by hand",
                new Position(topic, 0, 7),
                "poisoned".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                Map.of()));
    }

    private List<String> violations() {
        return new Checker(Allowances.DEFAULT)
                .judge(history.history()).stream()
                        .filter(Verdict::isBroken)
                        .flatMap(verdict -> verdict.violations().stream())
                        .toList();
    }
}
