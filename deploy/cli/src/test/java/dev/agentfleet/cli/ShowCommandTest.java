package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Json;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShowCommandTest {

    private static final String TASKS = "GET /api/runs/r1/tasks?limit=10&state=";
    private static final String IN_FLIGHT = TASKS + "DISPATCHED,RUNNING";
    private static final String UNFINISHED = TASKS + "BACKING_OFF,DISPATCHED,RUNNING,WAITING";
    private static final String FAILED = TASKS + "FAILED";
    private static final String NOBODY = "{\"reason\":\"NO_WORKER\",\"text\":\"no worker serves pool 'gpu'\"}";

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
    void showsWhyTasksWait() {
        run(2, 1, 0, 1, 0, 0);
        orchestrator.on(IN_FLIGHT, 200, page(null, task(1, "DISPATCHED", NOBODY)));

        assertThat(show("r1")).contains("1  DISPATCHED  echo  dispatched, not started: no worker serves pool 'gpu'");
    }

    @Test
    void listsWhatIsUnfinishedBeforeWhatFailedHoweverManyAndHoweverFar() {
        run(1_000_000, 899_000, 100, 500, 399, 100_001);
        orchestrator
                .on(UNFINISHED, 200, page(19_999))
                .on(UNFINISHED + "&after=19999", 200, page(500_009, tasks(500_000, 10, "RUNNING")))
                .on(
                        TASKS + "BACKING_OFF,DISPATCHED,WAITING&after=500009",
                        200,
                        page(900_001, task(500_020, "DISPATCHED", NOBODY), tasks(600_000, 9, "BACKING_OFF")))
                .on(
                        TASKS + "BACKING_OFF,DISPATCHED,WAITING&after=900001",
                        200,
                        page(900_008, task(900_001, "BACKING_OFF", NOBODY), tasks(899_999, 9, "WAITING")))
                .on(TASKS + "DISPATCHED,WAITING&after=900008", 200, page(null, task(900_009, "WAITING", NOBODY)))
                .on(FAILED, 200, page(9, tasks(0, 10, "FAILED")));

        List<String> lines = show("r1").lines().toList();

        assertThat(lines)
                .contains("  next      task 899999 not dispatched yet: no worker serves pool 'gpu'")
                .containsSubsequence(
                        "    500000  RUNNING  echo  running on a worker",
                        "    500020  DISPATCHED  echo  dispatched, not started: no worker serves pool 'gpu'",
                        "    600000  BACKING_OFF  echo  to be tried again: no worker serves pool 'gpu'",
                        "    900009  WAITING  echo  not dispatched yet: no worker serves pool 'gpu'",
                        "    … 100,869 more without an outcome; one of them: ./fleet show r1 INDEX",
                        "    0  FAILED  echo  ended",
                        "    … 90 more that did not succeed; all outcomes: ./fleet results r1");
        assertThat(orchestrator.calls()).hasSize(7);
    }

    @Test
    void looksForNoMoreOnceAllAreFound() {
        run(1_000_000, 999_999, 0, 1, 0, 0);
        orchestrator.on(IN_FLIGHT, 200, page(5, task(5, "RUNNING", NOBODY)));

        assertThat(show("r1")).contains("    5  RUNNING  echo").doesNotContain("more");
        assertThat(orchestrator.calls()).hasSize(2);
    }

    @Test
    void saysThatFailedTasksAreToBeRedrivenAndHowFarTheRedriveIs() {
        String run = RunViews.run("r1", "RUNNING", 2_000, 1_000, 1_000);
        String redrive = "\"redrive\":{\"looked\":1200,\"taken\":120,\"rate\":50,\"max\":500,\"ended\":false},";
        orchestrator.on("GET /api/runs/r1", 200, run.replace("\"later\"", redrive + "\"later\""));
        String turn = "{\"reason\":\"REDRIVE\",\"text\":\"the run's redrive takes it up in its turn\"}";
        orchestrator.on(
                FAILED,
                200,
                page(1_300, Collections.nCopies(10, task(1_300, "FAILED", turn)).toArray(String[]::new)));

        assertThat(show("r1"))
                .contains("  redrive   120 tasks taken up, 50 a second, at most 500; 1,200 of 2,000 looked at")
                .contains("    1300  FAILED  echo  ended; the run's redrive takes it up in its turn");

        orchestrator.on(
                "GET /api/runs/r2",
                200,
                RunViews.run("r2", "SUCCEEDED", 2, 2, 0)
                        .replace("\"later\"", redrive.replace("false", "true") + "\"later\""));
        assertThat(show("r2")).contains("  redrive   120 tasks taken up; no more are");
    }

    @Test
    void showsWhatATaskTookAndHowMuchOfItsRunsWorkCounts() {
        String cost = "{\"inputTokens\":900,\"outputTokens\":100,\"nanoUsd\":4000000,\"cacheReadTokens\":600}";
        String effort = "{\"attempts\":1,\"duration\":\"PT2S\",\"cost\":" + cost + "}";
        String work = "\"work\":{\"accepted\":" + effort + ",\"wasted\":{\"TIMED_OUT\":" + effort + "},\"all\":"
                + effort + ",\"effectiveRate\":{\"attempts\":0.5,\"seconds\":0.5}},";
        orchestrator
                .on(
                        "GET /api/runs/r1",
                        200,
                        RunViews.run("r1", "SUCCEEDED", 1, 1, 0)
                                .replace("\"later\"", work + "\"cost\":" + cost + ",\"later\""))
                .on(
                        "GET /api/runs/r1/tasks?limit=1",
                        200,
                        page(
                                null,
                                task(0, "SUCCEEDED", "null")
                                        .replace(
                                                "\"waitsFor\"",
                                                "\"duration\":\"PT2S\",\"cost\":" + cost + ",\"waitsFor\"")));

        assertThat(show("r1").lines())
                .contains(
                        "  cost      $0.004000000, 900 tokens in (600 read from a cache), 100 out",
                        "  accepted  1 of 1 ended attempt (50.0%), 50.0% of their time",
                        "  wasted    1 timed out (2.0 s; $0.004000000, 900 tokens in (600 read from a cache), 100 out)");
        assertThat(show("r1", "0").lines())
                .contains(
                        "  attempt   1, 0 failed; the last ran 2.0 s",
                        "  cost      $0.004000000, 900 tokens in (600 read from a cache), 100 out");
    }

    @Test
    void printsARunAsJsonWithTheTasksShownAndWhatTheyWaitFor() throws Exception {
        run(3, 1, 1, 1, 0, 0);
        orchestrator
                .on(IN_FLIGHT, 200, page(null, task(1, "DISPATCHED", NOBODY)))
                .on(FAILED, 200, page(null, tasks(2, 1, "FAILED")));

        JsonNode run = Json.mapper().readTree(show("r1", "--json"));

        assertThat(run.path("runId").asText()).isEqualTo("r1");
        assertThat(run.path("tasks").asInt()).isEqualTo(3);
        assertThat(run.at("/unfinishedTasks/0/waitsFor/reason").asText()).isEqualTo("NO_WORKER");
        assertThat(run.at("/failedTasks/0/index").asInt()).isEqualTo(2);
    }

    private void run(int tasks, int succeeded, int failed, int inFlight, int backingOff, int waiting) {
        orchestrator.on(
                "GET /api/runs/r1",
                200,
                RunViews.run("r1", "RUNNING", tasks, succeeded, failed)
                        .replaceFirst("\"inFlight\":\\d+", "\"inFlight\":" + inFlight)
                        .replace("\"backingOff\":0", "\"backingOff\":" + backingOff)
                        .replace("\"waiting\":0", "\"waiting\":" + waiting));
    }

    private static String page(@Nullable Integer next, String... tasks) {
        return "{\"items\":[" + String.join(",", tasks) + "]" + (next == null ? "" : ",\"next\":" + next) + "}";
    }

    private static String tasks(int first, int number, String state) {
        return IntStream.range(first, first + number)
                .mapToObj(index ->
                        task(index, state, state.equals("WAITING") || state.equals("BACKING_OFF") ? NOBODY : "null"))
                .collect(Collectors.joining(","));
    }

    private static String task(int index, String state, String waitsFor) {
        return """
                {"taskId":"r1/%d","index":%d,"agent":"echo","pool":"gpu","state":"%s","attempt":1,"failures":0,
                 "waitsFor":%s}""".formatted(index, index, state, waitsFor);
    }

    private String show(String... arguments) {
        int code = FleetCli.commandLine()
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(Stream.concat(
                                Stream.of(
                                        "show",
                                        "--server",
                                        orchestrator.address().toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(code).as(screen.err()).isZero();
        return screen.out();
    }
}
