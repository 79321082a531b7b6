package dev.agentfleet.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.DrivenTime;
import dev.agentfleet.cli.FakeOrchestrator;
import dev.agentfleet.cli.RunViews;
import dev.agentfleet.cli.Screen;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunWatchTest {
    private static final RunId RUN = new RunId("r1");
    private static final String GET = "GET /api/runs/r1";
    private static final String EVENTS = GET + "/events";
    private static final String AWAY = "{\"status\":503,\"detail\":\"is starting\"}";

    private final Screen screen = new Screen();
    private final DrivenTime time = new DrivenTime();
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
    void outlastsAnOrchestratorThatIsAway() throws Exception {
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 1, 0));
        for (int i = 0; i < 20; i++) {
            orchestrator.on(GET, 503, AWAY);
        }
        orchestrator.on(GET, 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        var run = watch(Duration.ZERO, false).toItsEnd(RUN);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(screen.err()).containsOnlyOnce("trying again for 2 min").contains("the orchestrator answers again");
    }

    @Test
    void givesUpOnAnOrchestratorThatStaysAway() {
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 1, 0));
        orchestrator.on(GET, 503, AWAY);

        assertThatThrownBy(() -> watch(Duration.ZERO, false).toItsEnd(RUN)).isInstanceOf(UnreachableException.class);
    }

    @Test
    void failsAtOnceWhenNobodyIsThere() {
        var start = time.instant();
        orchestrator.close();

        assertThatThrownBy(() -> watch(Duration.ZERO, false).toItsEnd(RUN)).isInstanceOf(UnreachableException.class);
        assertThat(time.instant()).isEqualTo(start);
    }

    @Test
    void waitsForAnOrchestratorThatIsStarting() throws Exception {
        orchestrator.on(GET, 503, AWAY);
        orchestrator.on(GET, 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        assertThat(watch(Duration.ZERO, false).toItsEnd(RUN).done()).isEqualTo(4);
    }

    @Test
    void waitsForTheAdmissionOfASubmittedRunOnly() throws Exception {
        orchestrator.on(GET, 404, "{\"detail\":\"is not known\"}");
        orchestrator.on(GET, 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        assertThat(watch(Duration.ofSeconds(30), false).toItsEnd(RUN).done()).isEqualTo(4);
        orchestrator.on(GET, 404, "{\"detail\":\"is not known\"}");
        assertThat(watch(Duration.ofSeconds(30), false).toItsEnd(RUN).done()).isEqualTo(4);
        assertThatThrownBy(() -> watch(Duration.ZERO, false).toItsEnd(RUN)).isInstanceOf(ProblemException.class);
    }

    @Test
    void listensWhereTheOrchestratorTells() throws Exception {
        orchestrator.on(
                EVENTS,
                200,
                event(RunViews.run("r1", "RUNNING", 4, 1, 0))
                        + ": still here\n\n"
                        + event(RunViews.run("r1", "SUCCEEDED", 4, 4, 0))
                        + "event: RunCompleted\ndata: {}\n\n");

        var run = watch(Duration.ZERO, true).toItsEnd(RUN);

        assertThat(run.done()).isEqualTo(4);
        assertThat(orchestrator.calls(GET)).isEmpty();
        assertThat(screen.err()).contains("[#####....");
    }

    @Test
    void pollsOnceTheConnectionBreaksUntilSomebodyAnswersAndListensAgain() throws Exception {
        orchestrator.on(EVENTS, 200, event(RunViews.run("r1", "RUNNING", 4, 1, 0)));
        orchestrator.on(GET, 503, AWAY);
        orchestrator.on(GET, 503, AWAY);
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 2, 0));
        orchestrator.on(EVENTS, 200, event(RunViews.run("r1", "SUCCEEDED", 4, 4, 0)));

        var run = watch(Duration.ZERO, false).toItsEnd(RUN);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(orchestrator.calls(EVENTS)).hasSize(2);
        assertThat(orchestrator.calls(GET)).hasSize(3);
    }

    @Test
    void pollsToTheEndWhereAConnectionTellsNothing() throws Exception {
        orchestrator.on(EVENTS, 200, "");
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 1, 0));
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 2, 0));
        orchestrator.on(GET, 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        var run = watch(Duration.ZERO, false).toItsEnd(RUN);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(orchestrator.calls(EVENTS)).hasSize(1);
        assertThat(orchestrator.calls(GET)).hasSize(3);
    }

    private static String event(String run) {
        return "event: RunView\ndata: " + run.replace('\n', ' ') + "\n\n";
    }

    @Test
    void drawsOverItselfOnlyForAPerson() throws Exception {
        orchestrator.on(GET, 200, RunViews.run("r1", "RUNNING", 4, 1, 0));
        orchestrator.on(GET, 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        watch(Duration.ZERO, true).toItsEnd(RUN);

        assertThat(screen.err()).contains("\r\033[K[#####....").endsWith(System.lineSeparator());
    }

    private RunWatch watch(Duration admission, boolean interactive) {
        return new RunWatch(new FleetApi(orchestrator.address()), screen.terminal(interactive), time, admission, true);
    }
}
