package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotasCommandTest {
    private static final String GET = "GET /api/quotas";
    private static final String PUT = "PUT /api/quotas/anthropic/team-a/claude";

    private final Screen screen = new Screen();
    private FakeOrchestrator orchestrator;

    @BeforeEach
    void start() throws Exception {
        orchestrator = new FakeOrchestrator();
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    @Test
    void showsLimitsWhatIsLeftAndWhatIsHeld() {
        orchestrator.on(GET, 200, """
                [{"lane":"anthropic/team-a/claude","limits":{"requests":600,"outputTokens":80000},
                  "left":{"requests":12,"inputTokens":0,"outputTokens":70000},"asOf":"2026-01-01T00:00:00Z"},
                 {"lane":"openai/default/gpt/x","limits":{},"heldUntil":"%s","holdReason":"RATE_LIMITED"}]""".formatted(Instant.now().plusSeconds(3_000)));

        assertThat(run("quotas")).isZero();

        assertThat(screen.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("lane")
                                .contains("tokens out")
                                .endsWith("held"),
                        line -> assertThat(line.split("\\s+"))
                                .containsExactly(
                                        "anthropic/team-a/claude", "600", "12", "-", "-", "80,000", "70,000", "-"),
                        line -> assertThat(line)
                                .startsWith("openai/default/gpt/x")
                                .contains("for 49 min")
                                .endsWith(": RATE_LIMITED"));
    }

    @Test
    void showsOneLane() {
        orchestrator.on(GET, 200, "[{\"lane\":\"openai/default/gpt\",\"limits\":{\"requests\":1}}]");

        assertThat(run("quotas", "openai/default/other")).isZero();

        assertThat(screen.out()).isEqualTo("openai/default/other is neither limited nor held\n");
    }

    @Test
    void givesALaneTheLimitsThatAreNamed() {
        orchestrator.on(PUT, 202, "{}");

        assertThat(run("quotas", "anthropic/team-a/claude", "--requests", "600", "--output-tokens", "80000"))
                .isZero();

        assertThat(orchestrator.calls(PUT).getFirst().text()).isEqualTo("{\"requests\":600,\"outputTokens\":80000}");
        assertThat(screen.out()).startsWith("anthropic/team-a/claude has these limits now");
    }

    @Test
    void takesAllLimitsAway() {
        orchestrator.on(PUT, 202, "{}");

        assertThat(run("quotas", "anthropic/team-a/claude", "--unlimited")).isZero();

        assertThat(orchestrator.calls(PUT).getFirst().text()).isEqualTo("{}");
        assertThat(screen.out()).startsWith("anthropic/team-a/claude is not limited any more");
    }

    @Test
    void wantsALaneWithALimitAndOneThatIsOne() {
        assertThat(run("quotas", "--requests", "600")).isEqualTo(2);
        assertThat(screen.err()).contains("name it, provider/key/model");
        assertThat(run("quotas", "claude", "--requests", "600")).isEqualTo(2);
        assertThat(screen.err()).contains("lane: 'claude' must be provider/key/model");
        assertThat(run("quotas", "a/b/c", "--requests", "0")).isEqualTo(2);
        assertThat(screen.err()).contains("requests: '0' must be 1 to");
        assertThat(orchestrator.calls()).isEmpty();
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", orchestrator.address().toString()));
        return FleetCli.commandLine()
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(all.toArray(String[]::new));
    }
}
