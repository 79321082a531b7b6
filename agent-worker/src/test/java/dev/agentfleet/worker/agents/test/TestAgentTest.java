package dev.agentfleet.worker.agents.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAgentTest {

    @TempDir
    Path directory;

    private final Map<String, String> keys =
            new HashMap<>(Map.of("fleet.agents.test.enabled", "true", "fleet.worker.sandbox.level", "none"));
    private @Nullable WorkerSandbox sandbox;

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void failingTestsAreAResultWithEachFailure() throws Exception {
        var report = test("cat report; echo out; echo err >&2; cp report r.xml; exit 1", """
                <testsuite><testcase name='a'/><testcase name='b'><failure message='no'>trace</failure></testcase></testsuite>""");

        assertThat(report.path("passed").asBoolean(true)).isFalse();
        assertThat(report.path("exitCode").asInt()).isEqualTo(1);
        assertThat(report.path("counts").toString())
                .isEqualTo("{\"tests\":2,\"passed\":1,\"failed\":1,\"errors\":0,\"skipped\":0}");
        assertThat(report.path("failed").toString())
                .isEqualTo("[{\"name\":\"b\",\"kind\":\"FAILED\",\"message\":\"no\",\"details\":\"trace\"}]");
        assertThat(report.path("stdout").asText()).endsWith("out");
        assertThat(report.path("stderr").asText()).isEqualTo("err");
        assertThat(report.path("sandbox").asText()).isEqualTo("none");
        assertThat(report.has("reportProblem")).isFalse();
    }

    @Test
    void passesWhenCommandAndReportSaySo() throws Exception {
        var report = test("cp report r.xml", "<testsuite><testcase name='a'/></testsuite>");

        assertThat(report.path("passed").asBoolean()).isTrue();
        assertThat(report.has("failed")).isFalse();
    }

    @Test
    void believesTheReportRatherThanAnExitCodeOfZero() throws Exception {
        var report = test("cp report r.xml", "<testsuite><testcase name='a'><error/></testcase></testsuite>");

        assertThat(report.path("passed").asBoolean(true)).isFalse();
    }

    @Test
    void didNotPassWhenNoTestWasRun() throws Exception {
        assertThat(test("cp report r.xml", "<testsuite/>").path("passed").asBoolean(true))
                .isFalse();
    }

    @Test
    void believesTheExitCodeRatherThanAReportWithoutFailures() throws Exception {
        var report = test("cp report r.xml; exit 3", "<testsuite><testcase name='a'/></testsuite>");

        assertThat(report.path("passed").asBoolean(true)).isFalse();
        assertThat(report.path("counts").path("passed").asInt()).isEqualTo(1);
    }

    @Test
    void decidesByExitCodeAloneWhereNoReportIsNamed() throws Exception {
        assertThat(run().output("{'argv': ['true']}").path("passed").asBoolean())
                .isTrue();
        var failed = run().output("{'argv': ['sh', '-c', 'echo broken >&2; exit 2']}");
        assertThat(failed.path("passed").asBoolean(true)).isFalse();
        assertThat(failed.path("exitCode").asInt()).isEqualTo(2);
        assertThat(failed.path("stderr").asText()).isEqualTo("broken");
        assertThat(failed.has("counts")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheReportOfACommandThatFailed() throws Exception {
        var missing = test("exit 1", "");
        assertThat(missing.path("passed").asBoolean(true)).isFalse();
        assertThat(missing.path("reportProblem").asText())
                .isEqualTo("'r.xml' must be there when the command has ended");

        var hostile = test("cp report r.xml; exit 1", "<!DOCTYPE a []><testsuite/>");
        assertThat(hostile.path("reportProblem").asText()).isEqualTo("'r.xml' must have no document type");
    }

    @Test
    void failsWhenTheCommandClaimsSuccessWithoutTheReport() {
        assertThat(run().failure("{'argv': ['true'], 'reports': ['r.xml']}"))
                .isEqualTo("REPORT_UNUSABLE: reports: 'r.xml' must be there when the command has ended");
        assertThat(run().failure("{'argv': ['sh', '-c', 'printf \\\\\\\\377 > r.xml'], 'reports': ['r.xml']}"))
                .isEqualTo("REPORT_UNUSABLE: reports: 'r.xml' must be UTF-8");
    }

    @Test
    void aCommandThatCannotBeRunIsAFailedAttempt() {
        assertThat(run().failure("{'argv': ['no-such-program']}"))
                .isEqualTo("COMMAND_NOT_FOUND: argv[0]: no such program on this worker");
        assertThat(run().failure("{'argv': ['sleep', '60'], 'timeout': 'PT0.2S'}"))
                .isEqualTo("TEST_TIMEOUT: The test command ran longer than its timeout of PT0.2S");
    }

    @Test
    void keepsTheEndOfALongOutput() throws Exception {
        var report = run().output("{'argv': ['sh', '-c', 'seq 100000; exit 1']}");

        assertThat(report.path("stdout").asText()).hasSize(4_000).endsWith("99999\n100000");
    }

    @Test
    void isOffUnlessConfigured() {
        keys.put("fleet.agents.test.enabled", "false");

        assertThat(run().failure("{'argv': ['true']}"))
                .isEqualTo("AGENT_DISABLED: fleet.agents.test.enabled: must be true on the worker to run tests");
    }

    @Test
    void refusesInputThatBreaksARuleAndNamesIt() {
        Map.of(
                        "{'argv': []}", "input is refused: argv: must name a program",
                        "{'argv': ['true'], 'timeout': 'PT0S'}",
                                "input is refused: timeout: 'PT0S' must be more than zero",
                        "{'argv': ['true'], 'reports': []}", "input is refused: reports: must be 1 to 50",
                        "{'argv': ['true'], 'environment': {'a=b': 'c'}}",
                                "input is refused: environment: names must not be empty or contain =, and nothing the"
                                        + " character NUL",
                        "{'argv': ['true'], 'sandbox': 'vm'}", "input is refused: sandbox must be one of none, bwrap",
                        "{'argv': ['true'], 'files': {'../x': 'y'}}",
                                "field 'files' is refused: files: path '../x' must be relative, of at most 255 characters,"
                                        + " without ., .., \\, quotes, < and > and control characters",
                        "{'argv': ['true'], 'files': {'a': '', 'a/b': ''}}",
                                "field 'files' is refused: files: path 'a/b' must not lie below the file 'a'")
                .forEach((input, message) -> assertThat(run().failure(input)).isEqualTo("INVALID_INPUT: " + message));
    }

    /** Runs a script beside a file of that text. */
    private JsonNode test(String script, String report) throws Exception {
        return run().output("{'argv': ['sh', '-c', '" + script + "'], 'reports': ['r.xml'], 'files': {'report': '"
                + report.replace("'", "\\u0027").strip() + "'}}");
    }

    private AgentRun run() {
        keys.putIfAbsent(
                "fleet.worker.sandbox.directory", directory.resolve("sandbox").toString());
        if (sandbox == null) {
            sandbox = new WorkerSandbox(
                    Configs.sandbox(keys),
                    Configs.command(keys),
                    Configs.test(keys),
                    new WorkerIdentity(Configs.worker(Map.of()), new WorkerVersion("1")),
                    new SimpleMeterRegistry());
            sandbox.open();
        }
        return new AgentRun(new TestAgent(Configs.test(keys), Configs.sandbox(keys), sandbox));
    }
}
