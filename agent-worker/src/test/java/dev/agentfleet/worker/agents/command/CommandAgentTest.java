package dev.agentfleet.worker.agents.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.worker.agents.CalledDirectly;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import dev.agentfleet.worker.sandbox.FileContent;
import dev.agentfleet.worker.sandbox.Limits;
import dev.agentfleet.worker.sandbox.OutputFile;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandAgentTest {

    private static final WorkerIdentity WORKER =
            new WorkerIdentity(Configs.worker(Map.of("fleet.worker.pool", "default")), new WorkerVersion("1"));

    @TempDir
    Path directory;

    private final Map<String, String> configuration =
            new HashMap<>(Map.of("fleet.agents.command.enabled", "true", "fleet.worker.sandbox.level", "none"));
    private final CalledDirectly attempt = new CalledDirectly();

    @Test
    void returnsWhatTheProgramWrote() throws Exception {
        var output = run(shell("printf out; printf err >&2"));

        assertThat(output.exitCode()).isZero();
        assertThat(output.stdout()).isEqualTo("out");
        assertThat(output.stderr()).isEqualTo("err");
        assertThat(output.stdoutTruncated()).isFalse();
        assertThat(output.duration()).isPositive();
    }

    @Test
    void passesArgumentsOnUnread() throws Exception {
        assertThat(run(input(List.of("printf", "%s|", "a b", "$HOME", "*", ""))).stdout())
                .isEqualTo("a b|$HOME|*||");
    }

    @Test
    void showsTheProgramNothingOfTheWorkersEnvironment() throws Exception {
        var input = new CommandInput(List.of("env"), null, Map.of("A", "1"), null, null, null);

        assertThat(run(input).stdout().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder(
                        "A", "PATH", "FLEET_TASK_ID", "FLEET_ATTEMPT", "FLEET_WORKER_ID", "FLEET_PROCESS_TREE");
    }

    @Test
    void tellsTheProgramWhichAttemptItIsWhateverItsInputSays() throws Exception {
        var input = new CommandInput(
                List.of("sh", "-c", "echo $FLEET_TASK_ID $FLEET_ATTEMPT $FLEET_WORKER_ID"),
                null,
                Map.of("FLEET_ATTEMPT", "7"),
                null,
                null,
                null);

        assertThat(run(input).stdout()).isEqualTo("run/0 1 " + WORKER.workerId() + "\n");
    }

    @Test
    void givesStdinAndTheDirectory() throws Exception {
        var input =
                new CommandInput(List.of("sh", "-c", "cat; pwd"), directory.toString(), null, null, "typed\n", null);

        assertThat(run(input).stdout()).isEqualTo("typed\n" + directory.toRealPath() + "\n");
    }

    @Test
    void endsStdinWhenThereIsNone() throws Exception {
        assertThat(run(input(List.of("cat"))).stdout()).isEmpty();
    }

    @Test
    void failsWithExitCodeAndLastWordsAndLeavesTheRestToTheRetryPolicy() {
        var failure = failure(shell("echo no such luck >&2; exit 3"));

        assertThat(failure.code()).isEqualTo("EXIT_3");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.getMessage())
                .isEqualTo("The command ended with exit code 3; stderr ended with: no such luck");
    }

    @Test
    void returnsAnyExitCodeWhereFailureIsAllowed() throws Exception {
        var input = new CommandInput(List.of("sh", "-c", "kill -9 $$"), null, null, null, null, true);

        assertThat(run(input).exitCode()).isEqualTo(137);
    }

    @Test
    void tellsAMissingProgramFromOneThatMayNotRun() throws Exception {
        Path file = Files.writeString(directory.resolve("text"), "no program");

        assertThat(failure(input(List.of("no-such-program"))).code()).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(failure(input(List.of(directory.toString()))).code()).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(failure(input(List.of(file.toString()))).code()).isEqualTo("COMMAND_NOT_EXECUTABLE");
    }

    @Test
    void isOffUnlessConfigured() {
        configuration.clear();

        var failure = failure(input(List.of("true")));

        assertThat(failure.code()).isEqualTo("AGENT_DISABLED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getMessage()).contains("fleet.agents.command.enabled");
    }

    @Test
    void staysBelowItsRoot() throws Exception {
        Files.createDirectory(directory.resolve("in"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("/"));
        configuration.put("fleet.agents.command.root", directory.toString());

        assertThat(run(in("in")).stdout()).endsWith("/in\n");
        assertThat(failure(in("..")).getMessage()).contains("must lie below fleet.agents.command.root");
        assertThat(failure(in("link")).getMessage()).contains("must lie below fleet.agents.command.root");
        assertThat(failure(in("/")).getMessage()).contains("must lie below fleet.agents.command.root");
        assertThat(failure(in("none")).getMessage()).contains("must be a directory that exists");
    }

    @Test
    void keepsTheBeginningOfAFloodAndReadsTheRest() throws Exception {
        configuration.put("fleet.agents.command.max-output", "10");

        var output = run(shell("head -c 50000000 /dev/zero | tr '\\0' x; printf short >&2"));

        assertThat(output.stdout()).isEqualTo("xxxxxxxxxx");
        assertThat(output.stdoutTruncated()).isTrue();
        assertThat(output.stderrTruncated()).isFalse();
    }

    @Test
    void saysAtWhichLevelItRan() throws Exception {
        assertThat(run(shell("true")).sandbox()).isEqualTo("none");
    }

    @Test
    void failsForGoodWhereTheLevelIsLessThanTheTaskRequires() throws Exception {
        assertThat(run(requiring("none")).exitCode()).isZero();

        var failure = failure(requiring("bwrap"));

        assertThat(failure.code()).isEqualTo("SANDBOX_TOO_WEAK");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getMessage())
                .isEqualTo("field 'sandbox' requires bwrap; this worker has fleet.worker.sandbox.level=none");
    }

    @Test
    void takesFilesAndReturnsThoseThatAreAskedFor() throws Exception {
        var output = run(withFiles("cat in; cp in out; ls -d ../" + "*/in | wc -l", "out"));

        assertThat(output.stdout()).isEqualTo("hello1\n");
        assertThat(output.files()).isEqualTo(Map.of("out", new FileContent("hello", null, null)));
    }

    @Test
    void failsWithoutAFileThatIsAskedForUnlessItMayFail() throws Exception {
        assertThat(failure(withFiles("true", "out")).getMessage()).isEqualTo("outputs: 'out' is not there");

        var mayFail = new CommandInput(
                List.of("false"), null, null, null, null, true, null, null, output("out"), null, null, null);
        assertThat(run(mayFail).files()).isEmpty();
    }

    @Test
    void refusesWhatItCannotGiveWithoutASandbox() {
        var limits = new Limits(null, 5, null, null, null);
        var input =
                new CommandInput(List.of("true"), null, null, null, null, null, null, null, null, null, null, limits);

        assertThat(failure(input).getMessage()).startsWith("limits.processes needs a sandbox");
    }

    @Test
    void needsAConfiguredRootForAnInputDirectory() {
        var input = new CommandInput(
                List.of("true"), null, null, null, null, null, null, "project", null, null, null, null);

        assertThat(failure(input).getMessage()).contains("fleet.worker.sandbox.input-root");
    }

    @Test
    void sharesAnOutputBetweenItsFilesAndWhatItSaid() throws Exception {
        configuration.put("fleet.agents.command.max-output", "262144");
        var files = List.of(new OutputFile("a", 130_000));

        var output = run(new CommandInput(
                List.of("sh", "-c", "yes | head -c 100000 > a; head -c 200000 /dev/zero; yes | head -c 200000 >&2"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                files,
                null,
                null,
                null));

        assertThat(new Payload(Json.mapper().writeValueAsString(output)).isWithinBounds())
                .isTrue();
        assertThat(output.stderr()).hasSizeGreaterThan(10_000);
    }

    @Test
    void fitsIntoAnOutputHoweverMuchEscapingCosts() throws Exception {
        configuration.put("fleet.agents.command.max-output", "262144");

        var output = run(shell("head -c 200000 /dev/zero; head -c 200000 /dev/zero >&2"));

        assertThat(new Payload(Json.mapper().writeValueAsString(output)).isWithinBounds())
                .isTrue();
        assertThat(output.stdoutTruncated()).isTrue();
    }

    @Test
    void killsAllOfItAtItsTimeout() throws Exception {
        Path pids = directory.resolve("pids");
        var input = new CommandInput(
                List.of("sh", "-c", tree(pids) + " wait"), null, null, Duration.ofMillis(700), null, null);

        var failure = failure(input);

        assertThat(failure.code()).isEqualTo("COMMAND_TIMEOUT");
        assertThat(failure.retryable()).isTrue();
        assertAllGone(pids);
    }

    @Test
    void killsWhatItLeavesBehind() throws Exception {
        Path pids = directory.resolve("pids");

        Files.createFile(pids);
        run(shell(tree(pids) + " while [ $(wc -l < " + pids + ") -lt 3 ]; do :; done"));

        assertAllGone(pids);
    }

    @RepeatedTest(5)
    void killsADaemonThatStartsOneProgramAfterAnother() throws Exception {
        Path pid = directory.resolve("pid");
        Path again = Files.writeString(directory.resolve("again"), "echo $$ > " + pid + "\nexec sh $0\n");

        run(shell("setsid sh " + again + " & while [ ! -s " + pid + " ]; do :; done"));

        assertGone(Files.readString(pid).strip());
    }

    @Test
    void killsAllOfItWhenCancelled() throws Exception {
        Path pids = directory.resolve("pids");
        var ended = new AtomicReference<@Nullable Throwable>();
        var thread = Thread.ofVirtual().start(() -> ended.set(catchThrowable(() -> run(shell(tree(pids) + " wait")))));
        await().until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3);

        attempt.cancel();
        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        assertThat(ended.get()).isNotNull();
        assertAllGone(pids);
    }

    /** A child, a daemon with a session of its own, and one that hides its descent by a second fork. */
    private static String tree(Path pids) {
        String sleep = "sh -c 'echo $$ >> " + pids + "; exec sleep 600'";
        return sleep + " & setsid " + sleep + " & (" + sleep + " &) ;";
    }

    private static void assertAllGone(Path pids) throws IOException {
        var lines = Files.readAllLines(pids);
        assertThat(lines).hasSize(3);
        lines.forEach(CommandAgentTest::assertGone);
    }

    /** One that is on its way out has its working directory for a moment. */
    private static void assertGone(String pid) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Path.of("/proc", pid, "cwd").toFile())
                        .as("process %s", pid)
                        .doesNotExist());
    }

    private static CommandInput shell(String script) {
        return input(List.of("sh", "-c", script));
    }

    private static CommandInput input(List<String> argv) {
        return new CommandInput(argv, null, null, null, null, null);
    }

    private static CommandInput requiring(String level) {
        return new CommandInput(List.of("true"), null, null, null, null, null, null, null, null, null, level, null);
    }

    private static CommandInput withFiles(String script, String output) {
        return new CommandInput(
                List.of("sh", "-c", script),
                null,
                null,
                null,
                null,
                null,
                Map.of("in", new FileContent("hello", null, null)),
                null,
                output(output),
                null,
                null,
                null);
    }

    private static List<OutputFile> output(String path) {
        return List.of(new OutputFile(path, null));
    }

    private static CommandInput in(@Nullable String directory) {
        return new CommandInput(List.of("pwd"), directory, null, null, null, null);
    }

    private CommandOutput run(CommandInput input) throws InterruptedException {
        configuration.putIfAbsent(
                "fleet.worker.sandbox.directory", directory.resolve("sandbox").toString());
        var command = Configs.command(configuration);
        var config = Configs.sandbox(configuration);
        var sandbox =
                new WorkerSandbox(config, command, Configs.test(configuration), WORKER, new SimpleMeterRegistry());
        sandbox.open();
        try {
            return new CommandAgent(command, config, sandbox, WORKER).run(input, attempt);
        } finally {
            sandbox.close();
        }
    }

    private AgentFailureException failure(CommandInput input) {
        var failure = catchThrowableOfType(AgentFailureException.class, () -> run(input));
        return failure == null ? AgentFailureException.permanent("NONE", "It did not fail") : failure;
    }
}
