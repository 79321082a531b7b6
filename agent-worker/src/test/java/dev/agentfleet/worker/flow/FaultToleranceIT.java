package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault-tolerance annotations on an agent's {@code run} hold when it is called through the SPI. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class FaultToleranceIT {

    private FleetTopics fleet;

    @BeforeEach
    void connect() {
        fleet = new FleetTopics(SharedBroker.bootstrapServers(), BrokerResource.PREFIX);
    }

    @AfterEach
    void disconnect() throws Exception {
        fleet.close();
    }

    @Test
    void retriesAsAnnotated() {
        assertThat(run("ft-retry/0", "retried"))
                .isInstanceOfSatisfying(
                        AttemptSucceeded.class,
                        success -> assertThat(success.output().json()).isEqualTo("4"));
    }

    @Test
    void retriesAUniAsAnnotated() {
        assertThat(run("ft-retry-uni/0", "retried-uni"))
                .isInstanceOfSatisfying(
                        AttemptSucceeded.class,
                        success -> assertThat(success.output().json()).isEqualTo("3"));
    }

    @Test
    void cancelsAnAnnotatedUniAtTheAttemptsTimeout() {
        fleet.send(fleet.assignment("ft-endless/0", "endless-annotated", "\"x\"", Duration.ofSeconds(1)));

        await().until(() -> fleet.ends("ft-endless").contains("ft-endless/0"));

        assertThat(code(fleet.reports("ft-endless/0").getLast())).isEqualTo("TIMEOUT");
        await().untilTrue(RetryingAgents.EndlessUni.CANCELLED);
    }

    @Test
    void retriesAsConfiguredInstead() {
        assertThat(code(run("ft-configured/0", "configured"))).isEqualTo("AGENT_ERROR");
        assertThat(RetryingAgents.Configured.CALLS).hasValue(2);
    }

    @Test
    void timesOut() {
        assertThat(code(run("ft-timeout/0", "timed"))).isEqualTo("AGENT_TIMEOUT");
    }

    @Test
    void opensTheCircuit() {
        assertThat(List.of(
                        code(run("ft-circuit/0", "broken")),
                        code(run("ft-circuit/1", "broken")),
                        code(run("ft-circuit/2", "broken"))))
                .containsExactly("AGENT_ERROR", "AGENT_ERROR", "CIRCUIT_OPEN");
        assertThat(RetryingAgents.Broken.CALLS).hasValue(2);
    }

    @Test
    void keepsTheBulkhead() {
        fleet.send(fleet.assignment("ft-bulkhead/0", "crowded", "\"x\"", Duration.ofMinutes(1)));
        await().until(() -> fleet.reportNames("ft-bulkhead/0").contains("AttemptClaimed"));

        var second = run("ft-bulkhead/1", "crowded");
        RetryingAgents.Crowded.GATE.countDown();

        assertThat(code(second)).isEqualTo("BULKHEAD_FULL");
    }

    @Test
    void keepsTheRateLimit() {
        assertThat(run("ft-rate/0", "limited")).isInstanceOf(AttemptSucceeded.class);
        assertThat(run("ft-rate/1", "limited")).isInstanceOf(AttemptSucceeded.class);
        assertThat(code(run("ft-rate/2", "limited"))).isEqualTo("RATE_LIMITED");
    }

    private AttemptReport run(String taskId, String agent) {
        String runId = taskId.substring(0, taskId.indexOf('/'));
        fleet.send(fleet.assignment(taskId, agent, "\"x\"", Duration.ofMinutes(1)));
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet.ends(runId).contains(taskId));
        return fleet.reports(taskId).getLast();
    }

    private static String code(AttemptReport report) {
        return ((AttemptFailed) report).failure().code();
    }
}
