package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code show} prints whatever a task may wait for, in the orchestrator's words. */
class ShowReasonsTest {

    private static final Path WAITS_FOR =
            Path.of("../../orchestrator-service/src/main/java/dev/agentfleet/orchestrator/query/WaitsFor.java");
    private static final Pattern REASONS = Pattern.compile("enum Reason \\{(.*?)\n    }", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("^ +([A-Z_]+),?$", Pattern.MULTILINE);

    private static final Set<String> SEEN = new TreeSet<>();

    @AfterAll
    static void everyReasonOfTheOrchestratorIsShown() throws IOException {
        Matcher reasons = REASONS.matcher(Files.readString(WAITS_FOR));
        assertThat(reasons.find()).isTrue();
        assertThat(CONSTANT.matcher(reasons.group(1)).results().map(constant -> constant.group(1)))
                .containsExactlyInAnyOrderElementsOf(SEEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            STOPPING    | WAITING     | not dispatched yet: the run ends early (DEADLINE); the task's outcome follows
            HELD        | WAITING     | not dispatched yet: the run starts at 2026-01-02T03:05:05Z
            REDRIVE     | FAILED      | BUSY: try later; the run's redrive takes it up in its turn: it has come to task 4
            RETRY       | BACKING_OFF | to be tried again: next attempt at 2026-01-02T03:05:05Z, after BUSY: try later
            NO_POOL     | WAITING     | not dispatched yet: pool 'gone' is not configured any more
            NO_WORKER   | DISPATCHED  | dispatched, not started: no worker serves pool 'default' (1 draining)
            NO_AGENT    | DISPATCHED  | dispatched, not started: no worker of pool 'default' has the agent 'echo'
            CONCURRENCY | WAITING     | not dispatched yet: the run's concurrency is reached: 2 of 2 tasks in flight
            ORDER       | WAITING     | not dispatched yet: the run's tasks are sent in order; task 4 for pool 'gpu' goes first: no worker serves pool 'gpu'
            NO_SLOT     | DISPATCHED  | dispatched, not started: every slot of pool 'default' for the agent 'echo' is busy (8 of 8 slots busy)
            QUOTA       | RUNNING     | running on a worker: its calls have waited 12 s for a quota
            TURN        | BACKING_OFF | to be tried again: it is due to be sent again
            """)
    void printsEveryReason(String reason, String state, String line) throws Exception {
        try (var orchestrator = new FakeOrchestrator()) {
            String task = task(reason, state, line.replaceFirst("^[^:]+: (try later; )?", ""));
            orchestrator
                    .on("GET /api/runs/r1", 200, run(state))
                    .on("GET /api/runs/r1/tasks?limit=1", 200, task)
                    .on("GET /api/runs/r1/tasks?limit=10&state=" + asked(state), 200, task);

            assertThat(show(orchestrator, "r1").lines()).contains("    0  " + state + "  echo  " + line);
            assertThat(show(orchestrator, "r1", "0").lines()).contains("  " + line);
            assertThat(show(orchestrator, "r1", "--json")).contains("\"reason\":\"" + reason + "\"");
        }
        SEEN.add(reason);
    }

    private static String asked(String state) {
        return Set.of("DISPATCHED", "RUNNING").contains(state) ? "DISPATCHED,RUNNING" : state;
    }

    /** Of one task, which is in that state. */
    private static String run(String state) {
        String run = RunViews.run("r1", "RUNNING", 1, 0, state.equals("FAILED") ? 1 : 0);
        return switch (state) {
            case "WAITING" -> run.replace("\"inFlight\":1", "\"inFlight\":0").replace("\"waiting\":0", "\"waiting\":1");
            case "BACKING_OFF" ->
                run.replace("\"inFlight\":1", "\"inFlight\":0").replace("\"backingOff\":0", "\"backingOff\":1");
            default -> run;
        };
    }

    private static String task(String reason, String state, String text) throws IOException {
        return Json.mapper()
                .writeValueAsString(Map.of(
                        "items",
                        List.of(Map.of(
                                "taskId",
                                "r1/0",
                                "index",
                                0,
                                "agent",
                                "echo",
                                "pool",
                                "default",
                                "state",
                                state,
                                "attempt",
                                1,
                                "failures",
                                0,
                                "lastFailure",
                                Map.of("code", "BUSY", "reason", "try later", "retryable", true),
                                "waitsFor",
                                Map.of("reason", reason, "text", text)))));
    }

    private static String show(FakeOrchestrator orchestrator, String... arguments) {
        Screen screen = new Screen();
        var line = new ArrayList<>(
                List.of("show", "--server", orchestrator.address().toString()));
        line.addAll(List.of(arguments));
        int code = FleetCli.commandLine()
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(line.toArray(String[]::new));
        assertThat(code).as(screen.err()).isZero();
        return screen.out();
    }
}
