package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetCliTest {
    @TempDir
    Path directory;

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
    void submitsOneTaskByFlags() {
        accept();

        int code = run("submit", "--agent", "echo", "--input", "{\"n\":1.10}", "--run-id", "r1", "--timeout", "30s");

        assertThat(code).isZero();
        assertThat(orchestrator.calls("POST /api/runs").getFirst().text())
                .isEqualTo(
                        "{\"type\":\"SubmitRun\",\"runId\":\"r1\",\"agent\":\"echo\",\"tasks\":[{\"input\":{\"n\":1.10}}],"
                                + "\"options\":{\"timeout\":\"PT30S\"},\"v\":1}");
        assertThat(screen.out()).startsWith("submitted run r1; watch it with ./fleet watch r1");
    }

    @Test
    void watchesToTheEndAndSaysHowItEnded() {
        accept();
        orchestrator.on("GET /api/runs/r1", 200, RunViews.run("r1", "RUNNING", 4, 1, 0));
        orchestrator.on("GET /api/runs/r1", 200, RunViews.run("r1", "FAILED", 4, 3, 1));

        int code = run("submit", "--agent", "echo", "--run-id", "r1", "--repeat", "4", "--watch");

        assertThat(code).isEqualTo(1);
        assertThat(screen.out()).contains("run r1: FAILED").contains("3 succeeded, 1 failed");
        assertThat(screen.err()).contains("25 %  1/4 done").doesNotContain("\033");
    }

    @Test
    void printsNothingButTheRunAsJson() throws Exception {
        orchestrator.on("GET /api/runs/r1", 200, RunViews.run("r1", "SUCCEEDED", 4, 4, 0));

        int code = run("watch", "r1", "--json");

        assertThat(code).isZero();
        assertThat(Json.mapper().readTree(screen.out()).path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void submitsAFileOfAnySizeInChunksAndSealsIt() throws Exception {
        accept();
        orchestrator.on("POST /api/runs/r1/tasks", 202, "").on("POST /api/runs/r1/seal", 202, "");
        var lines = new ArrayList<String>();
        for (int i = 0; i < 1_201; i++) {
            lines.add("{\"input\":" + i + "}");
        }
        Path file = Files.write(directory.resolve("tasks.ndjson"), lines);

        int code = run("submit", file.toString(), "--agent", "echo", "--run-id", "r1");

        assertThat(code).isZero();
        var open = Json.read(orchestrator.calls("POST /api/runs").getFirst().body(), SubmitRun.class);
        assertThat(open.moreFollow()).isTrue();
        assertThat(orchestrator.calls("POST /api/runs/r1/tasks")).hasSize(3);
        var seal = Json.read(
                orchestrator.calls("POST /api/runs/r1/seal").getFirst().body(), SealRun.class);
        assertThat(seal.chunks()).isEqualTo(3);
        assertThat(seal.tasks()).isEqualTo(1_201);
    }

    @Test
    void refusesABadLineBeforeAnythingIsSubmitted() throws Exception {
        Path file = Files.write(
                directory.resolve("tasks.ndjson"), List.of("{\"agent\":\"echo\"}", "", "{\"agent\":\"Echo\"}"));

        int code = run("submit", file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(screen.err()).contains("line 3: agent: 'Echo' must be 1 to 63 lower-case letters");
        assertThat(orchestrator.calls()).isEmpty();
    }

    @Test
    void keepsTheRunIdOfASubmittedFile() throws Exception {
        accept();
        Path file = Files.writeString(directory.resolve("run.json"), """
                {
                  "runId": "mine",
                  "tasks": [{"agent": "echo", "input": 1.50}]
                }
                """);

        int code = run("submit", file.toString(), "--concurrency", "3");

        assertThat(code).isZero();
        assertThat(orchestrator.calls("POST /api/runs").getFirst().text())
                .contains("\"runId\":\"mine\"", "\"input\":1.50", "\"concurrency\":3");
    }

    @Test
    void submitsARunWithABudgetWhereAFlagWins() throws Exception {
        accept();
        Path file = Files.writeString(directory.resolve("run.json"), """
                {"tasks": [{"agent": "llm"}], "options": {"budget": {"maxTokens": 500, "maxUsd": 3}}}
                """);

        assertThat(run("submit", file.toString(), "--max-cost", "2.50")).isZero();

        assertThat(orchestrator.calls("POST /api/runs").getFirst().text())
                .contains("\"budget\":{\"maxTokens\":500,\"maxUsd\":2.5}");
    }

    @Test
    void submitsARunThatStartsLater() {
        accept();

        assertThat(run("submit", "--agent", "echo", "--start-after", "30m")).isZero();
        assertThat(run("submit", "--agent", "echo", "--start-after", "2026-01-02T04:04:05+01:00"))
                .isZero();

        assertThat(orchestrator.calls("POST /api/runs"))
                .extracting(FakeOrchestrator.Call::text)
                .satisfiesExactly(
                        delay -> assertThat(delay).contains("\"startAfter\":\"PT30M\""),
                        instant -> assertThat(instant).contains("\"startAfter\":\"2026-01-02T03:04:05Z\""));
    }

    @Test
    void explainsAProblemByFieldValueAndRule() {
        orchestrator.on(
                "POST /api/runs",
                400,
                "{\"status\":400,\"title\":\"Bad Request\",\"field\":\"pool\",\"value\":\"gpu\",\"rule\":\"must be configured\"}");

        int code = run("submit", "--agent", "echo");

        assertThat(code).isEqualTo(2);
        assertThat(screen.err()).contains("fleet submit: pool: 'gpu' must be configured");
    }

    @Test
    void failsOnAnUnknownRun() {
        orchestrator.on("GET /api/runs/nope", 404, "{\"status\":404,\"detail\":\"run 'nope' is not known\"}");

        int code = run("watch", "nope");

        assertThat(code).isEqualTo(1);
        assertThat(screen.err()).contains("fleet watch: run 'nope' is not known");
    }

    @Test
    void saysThatATokenOrAnotherRoleIsNeeded() {
        orchestrator.on("GET /api/runs/r1", 401, "{\"status\":401,\"detail\":\"a token is needed\"}");
        orchestrator.on(
                "POST /api/runs/r1/cancel", 403, "{\"status\":403,\"detail\":\"the role submitter is needed\"}");

        assertThat(run("show", "r1")).isEqualTo(1);
        assertThat(run("cancel", "r1")).isEqualTo(1);

        assertThat(screen.err())
                .contains("fleet show: a token is needed (read from the variable FLEET_TOKEN, or from the file")
                .contains("fleet cancel: the role submitter is needed");
    }

    @Test
    void saysThatNobodyAnswers() {
        orchestrator.close();

        int code = run("show", "r1");

        assertThat(code).isEqualTo(3);
        assertThat(screen.err())
                .contains("cannot reach " + orchestrator.address() + ": is the fleet up? start it with ./fleet up");
    }

    @Test
    void listsWorkersWithWhatTheyCanDoAndWhatTheyDo() {
        orchestrator.on("GET /api/workers", 200, """
                [{"lastHeard":"2999-01-02T03:04:05Z","heartbeat":{"type":"WorkerHeartbeat","workerId":"w1","version":"1.2.0","pool":"default",
                  "agents":[{"name":"echo","version":"1"},{"name":"sleep","version":"2"}],"slots":4,"busy":3,"lost":1,
                  "partitions":[0,5],"held":[],"draining":false,"sandbox":"bwrap"}},
                 {"lastHeard":"2999-01-02T03:04:05Z","heartbeat":{"type":"WorkerHeartbeat","workerId":"w2","version":"1.3.0-SNAPSHOT","pool":"gpu",
                  "agents":[{"name":"echo","version":"1"}],"slots":16,"busy":0,
                  "partitions":[],"held":[],"draining":true}}]""");

        int code = run("workers");

        assertThat(code).as(screen.err()).isZero();
        assertThat(screen.out().lines())
                .containsExactly(
                        "worker         version         pool     busy  lost  slots  partitions  last heard  sandbox  agents",
                        "w1             1.2.0           default     3     1      4           2  0 ms ago    bwrap    echo sleep",
                        "w2 (draining)  1.3.0-SNAPSHOT  gpu         0     0     16           0  0 ms ago    -        echo");
    }

    @Test
    void printsOutcomesAsTheyAre() {
        String outcomes = "{\"taskId\":\"r1/0\",\"output\":{\"n\":1.10}}\n{\"taskId\":\"r1/1\"}\n";
        orchestrator.on("GET /api/runs/r1/results", 200, outcomes);

        int code = run("results", "r1");

        assertThat(code).isZero();
        assertThat(screen.out()).isEqualTo(outcomes);
    }

    @Test
    void cancelsWithAReason() {
        orchestrator.on("POST /api/runs/r1/cancel", 202, "");

        int code = run("cancel", "r1", "--reason", "a mistake");

        assertThat(code).isZero();
        assertThat(orchestrator.calls().getFirst().text()).isEqualTo("{\"reason\":\"a mistake\"}");
    }

    @Test
    void listsDeadLettersPageByPage() {
        orchestrator.on("GET /api/dead-letters?agent=echo&since=PT2H&limit=100", 200, """
                {"items":[{"at":"2026-01-02T03:04:05.678Z","runId":"r1","taskId":"r1/7","revision":1,"agent":"echo",
                  "attempts":3,"status":"FAILED","code":"BROKEN","reason":"it is\\nbroken","input":{"n":1.10}}],
                 "next":"a+b"}""");
        orchestrator.on("GET /api/dead-letters?agent=echo&since=PT2H&limit=99&cursor=a%2Bb", 200, """
                {"items":[{"at":"2026-01-02T03:04:06Z","code":"UNREADABLE","reason":"not JSON",
                  "source":{"topic":"fleet.requests","partition":3,"offset":42}}]}""");

        int code = run("dead-letters", "--agent", "echo", "--since", "2h");

        assertThat(code).isZero();
        assertThat(screen.out().lines())
                .containsExactly(
                        "time                  task                 agent  code        reason",
                        "2026-01-02T03:04:05Z  r1/7                 echo   BROKEN      it is?broken",
                        "2026-01-02T03:04:06Z  fleet.requests/3/42  -      UNREADABLE  not JSON");
        assertThat(screen.err()).isEmpty();
    }

    @Test
    void printsDeadLettersAsLinesUpToTheLimit() {
        orchestrator.on("GET /api/dead-letters?code=BROKEN&runId=r1&limit=1", 200, """
                {"items":[{"at":"2026-01-02T03:04:05Z","runId":"r1","taskId":"r1/7","code":"BROKEN",
                  "reason":"it is broken","input":{"n":1.10}}],"next":"x"}""");

        int code = run("dead-letters", "--code", "BROKEN", "--run", "r1", "--limit", "1", "--json");

        assertThat(code).isZero();
        assertThat(screen.out())
                .isEqualTo("{\"at\":\"2026-01-02T03:04:05Z\",\"runId\":\"r1\",\"taskId\":\"r1/7\",\"code\":\"BROKEN\","
                        + "\"reason\":\"it is broken\",\"input\":{\"n\":1.10}}\n");
        assertThat(screen.err()).contains("there may be more; see --limit");
    }

    @Test
    void listsRunsWithWhatIsDoneAndHowLongTheyTook() {
        String ended = RunViews.run("r1", "FAILED", 1200, 1199, 1)
                .replace("\"admittedAt\"", "\"completedAt\":\"2026-01-02T03:04:07.500Z\",\"admittedAt\"");
        orchestrator.on("GET /api/runs?status=FAILED&limit=2", 200, "{\"items\":[" + ended + "],\"next\":\"1:r1\"}");
        orchestrator.on("GET /api/runs?status=FAILED&limit=1&cursor=1%3Ar1", 200, "{\"items\":[" + ended + "]}");

        int code = run("runs", "--status", "failed", "--limit", "2");

        assertThat(code).isZero();
        assertThat(screen.out().lines()).hasSize(3);
        assertThat(screen.out()).containsPattern("run +status +done +failed +age +took\n");
        assertThat(screen.out()).containsPattern("r1 +FAILED +1,200/1,200 +1 .* 2.5 s\n");
    }

    @Test
    void printsRunsAsLines() throws Exception {
        orchestrator.on(
                "GET /api/runs?limit=1",
                200,
                "{\"items\":[" + RunViews.run("r1", "RUNNING", 4, 1, 0) + "],\"next\":\"1:r1\"}");

        int code = run("runs", "--limit", "1", "--json");

        assertThat(code).isZero();
        assertThat(Json.mapper().readTree(screen.out()).path("runId").asText()).isEqualTo("r1");
        assertThat(screen.err()).contains("there may be more; see --limit");
    }

    @Test
    void saysThatThereAreNoDeadLetters() {
        orchestrator.on("GET /api/dead-letters?limit=100", 200, "{\"items\":[]}");

        assertThat(run("dead-letters")).isZero();
        assertThat(screen.out()).isEqualTo("no dead letters\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            submit                               | give --agent, or a FILE of tasks
            submit --agent echo --timeout 3x     | '3x' must be a duration such as
            submit --agent echo --start-after noon | 'noon' must be a duration such as 500ms, 30s, 5m, 2h or PT1M30S, or an instant
            submit --agent echo --start-after 2026-01-02T03:04 | '2026-01-02T03:04' must be an ISO-8601 duration
            submit --agent echo --start-after 0s | 'PT0S' must be longer than zero
            submit --agent echo --repeat 0       | --repeat: '0' must be at least 1
            submit --agent echo --input {        | --input: must be one JSON value; not well-formed JSON at column
            submit --agent echo --max-tokens 0   | options.budget.maxTokens: '0' must be 1 to 1000000000000000
            submit --agent echo --max-cost 0     | options.budget.maxUsd: '0' must be above 0
            submit --agent echo --max-cost much  | Invalid value for option '--max-cost'
            submit --agent echo --concurrency 0  | options.concurrency: '0' must be at least 1
            submit /no/such/file                 | there is no file /no/such/file
            submit --agent echo --run-id a/b     | runId: 'a/b' must be 1 to 128 letters
            watch                                | Missing required parameter: 'RUN'
            dead-letters --since noon            | 'noon' must be a duration back from now such as 30m or 2h
            runs --status open                   | Invalid value for option '--status'
            redrive                              | give a RUN, or --filter or --since
            redrive --rate 5 --dry-run           | give a RUN, or --filter or --since
            redrive --filter kind=x              | --filter: 'kind=x' must begin with status=, code= or agent=
            redrive r1 --since 2h                | --since: 'PT2H' must come without a RUN
            redrive --since 2h --revision 2      | --revision: '2' must come with a RUN
            redrive r1 --rate 0                  | rate: '0' must be at least 1
            dead-letters --limit 0               | --limit: '0' must be at least 1
            up --port 70000                      | --port: '70000' must be 0 to 65535
            demo /no/such/directory              | DIR: '/no/such/directory' must be a directory
            demo repair --key-file /no/such/file | --key-file: '/no/such/file' must be a readable file
            demo repair --provider anthropic     | --provider anthropic needs --key-file
            demo repair --provider openai        | --provider openai needs --key-file, or --base-url of a server that asks for no key
            demo repair --model m                | --key-file, --base-url and --model need --provider anthropic or openai
            frobnicate                           | frobnicate
            """)
    void refusesMisuseWithCodeTwo(String line, String message) {
        int code = FleetCli.commandLine()
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(screen.err()).contains(message);
    }

    private void accept() {
        orchestrator.on("POST /api/runs", 201, "{\"runId\":\"r1\",\"status\":\"RUNNING\"}");
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
