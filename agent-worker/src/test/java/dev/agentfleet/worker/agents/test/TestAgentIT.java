package dev.agentfleet.worker.agents.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool:bwrap")
class TestAgentIT {

    @TempDir
    Path directory;

    private AgentRun agent;
    private WorkerSandbox sandbox;

    @BeforeEach
    void open() throws Exception {
        // Programs run as another user when the tests are root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        var keys = Map.of(
                "fleet.agents.test.enabled",
                "true",
                "fleet.worker.sandbox.directory",
                directory.resolve("sandbox").toString());
        sandbox = new WorkerSandbox(
                Configs.sandbox(keys),
                Configs.command(keys),
                Configs.test(keys),
                new WorkerIdentity(Configs.worker(Map.of()), new WorkerVersion("1")),
                new SimpleMeterRegistry());
        sandbox.open();
        agent = new AgentRun(new TestAgent(Configs.test(keys), Configs.sandbox(keys), sandbox));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void runsTestsOfAProjectInTheSandboxAndReadsTheirReport() throws Exception {
        var report = agent.output("""
                {'argv': ['sh', 'src/check.sh'], 'reports': ['out/r.xml'], 'sandbox': 'bwrap', 'files':
                 {'src/check.sh': 'mkdir out\\necho \\u0022<testsuite><testcase name=\\u0027a\\u0027/></testsuite>\\u0022 > out/r.xml\\n'}}""");

        assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("sandbox").asText()).isEqualTo("bwrap");
        assertThat(report.path("counts").path("passed").asInt()).isEqualTo(1);
    }

    @Test
    void readsNoReportThatIsALinkToAnotherFile() {
        assertThat(agent.failure("{'argv': ['ln', '-s', '/etc/passwd', 'r.xml'], 'reports': ['r.xml']}"))
                .startsWith("OUTPUT_REFUSED: ");
    }
}
