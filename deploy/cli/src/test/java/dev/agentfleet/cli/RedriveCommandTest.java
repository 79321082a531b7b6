package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveFilter;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveCommandTest {
    private static final String ACROSS = "POST /api/dead-letters/redrive";
    private static final String PLAN = """
            {"since":"2026-01-01T03:04:05Z","opened":2,"tasks":1500,"codes":{"EXIT_1":1500},"atLeast":"PT29.98S","runs":[
              {"runId":"r1","revision":2,"tasks":1000,"codes":{"EXIT_1":1000}},
              {"runId":"r2","tasks":0,"codes":{},"skipped":"must name a run that has ended"},
              {"runId":"r3","revision":4,"tasks":500,"codes":{"EXIT_1":500},"startAfter":"PT20S"}]""";

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
    void showsARowForEachRunOfADryRunAcrossRuns() {
        orchestrator.on(ACROSS, 200, PLAN + "}");

        int code = run(
                "redrive", "--filter", "agent=command", "code=EXIT_1", "--since", "2h", "--rate", "50", "--dry-run");

        assertThat(code).isZero();
        assertThat(orchestrator.calls(ACROSS).getFirst().text())
                .isEqualTo("{\"filter\":{\"codes\":[\"EXIT_1\"],\"agents\":[\"command\"]},\"since\":\"PT2H\","
                        + "\"rate\":50,\"dryRun\":true}");
        assertThat(screen.out().lines())
                .containsExactly(
                        "2 runs would do 1,500 tasks again, taken up within 30.0 s",
                        "  EXIT_1               1,500",
                        "run  revision  tasks  starts     skipped",
                        "r1   2         1,000  now",
                        "r2   -             0  -          must name a run that has ended",
                        "r3   4           500  in 20.0 s",
                        "Nothing was done: this was a dry run.");
    }

    @Test
    void saysHowToGoOnWhereACallWasCutShort() {
        orchestrator.on(
                ACROSS, 202, PLAN + ",\"cutShort\":\"the most tasks asked for, 1500, were found\",\"next\":\"abc\"}");

        int code = run("redrive", "--since", "2h", "--max", "1500");

        assertThat(code).isZero();
        assertThat(screen.out())
                .startsWith("2 runs do 1,500 tasks again, taken up within 30.0 s\n")
                .contains("There may be more: the most tasks asked for, 1500, were found. Go on with --cursor abc")
                .doesNotContain("dry run");
    }

    @Test
    void printsThePlanAcrossRunsAsJson() throws Exception {
        orchestrator.on(ACROSS, 202, PLAN + "}");

        int code = run("redrive", "--cursor", "abc", "--json");

        assertThat(code).isZero();
        assertThat(orchestrator.calls(ACROSS).getFirst().text()).isEqualTo("{\"cursor\":\"abc\",\"dryRun\":false}");
        assertThat(Json.mapper().readTree(screen.out())).isEqualTo(Json.mapper().readTree(PLAN + "}"));
    }

    @Test
    void saysThatNoDeadLetterMatches() {
        orchestrator.on(
                ACROSS, 202, "{\"since\":\"2026-01-01T03:04:05Z\",\"opened\":0,\"tasks\":0,\"codes\":{},\"runs\":[]}");

        assertThat(run("redrive", "--filter", "code=TIMEOUT")).isZero();
        assertThat(screen.out()).isEqualTo("no matching dead letters since 2026-01-01T03:04:05Z\n");
    }

    @Test
    void opensTheNamedRevisionOfOneRun() {
        orchestrator.on(
                "POST /api/runs/r1/redrive",
                202,
                "{\"runId\":\"r1\",\"revision\":3,\"tasks\":1,\"codes\":{\"TIMEOUT\":1}}");

        int code = run(
                "redrive",
                "--revision",
                "3",
                "--filter=code=TIMEOUT",
                "--filter",
                "code=EXIT_1",
                "status=FAILED",
                "r1");

        assertThat(code).isZero();
        assertThat(Json.read(orchestrator.calls().getFirst().body(), RedriveTasks.class))
                .isEqualTo(new RedriveTasks(
                        new RunId("r1"),
                        3,
                        new RedriveFilter(Set.of(TaskStatus.FAILED), Set.of("TIMEOUT", "EXIT_1"), null),
                        null,
                        null));
        assertThat(screen.out().lines())
                .containsExactly(
                        "run r1: revision 3 does 1 task again",
                        "  TIMEOUT              1",
                        "./fleet watch r1 shows its end.");
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
