package dev.agentfleet.worker.agents.test;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.SandboxConfig;
import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.config.TestConfig;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.project.TestReport;
import dev.agentfleet.worker.sandbox.FileContent;
import dev.agentfleet.worker.sandbox.InputFiles;
import dev.agentfleet.worker.sandbox.InputTree;
import dev.agentfleet.worker.sandbox.Limits;
import dev.agentfleet.worker.sandbox.ProgramRequest;
import dev.agentfleet.worker.sandbox.RunningProgram;
import dev.agentfleet.worker.sandbox.WorkerSandbox;
import dev.agentfleet.worker.sandbox.Workplace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a project's test command in the worker's sandbox and says how the tests went; off unless {@code
 * fleet.agents.test.enabled} says otherwise. Tests that fail are a result; a command that cannot be run or takes too long is a
 * failed attempt.
 */
@ApplicationScoped
public class TestAgent implements Agent<TestInput, TestReport> {

    private static final int END_OF_OUTPUT = 4_000;

    private final TestConfig config;
    private final SandboxConfig sandboxConfig;
    private final WorkerSandbox sandboxes;

    public TestAgent(TestConfig config, SandboxConfig sandboxConfig, WorkerSandbox sandboxes) {
        this.config = config;
        this.sandboxConfig = sandboxConfig;
        this.sandboxes = sandboxes;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public TestReport run(TestInput input, AgentContext context) throws InterruptedException {
        if (!config.enabled()) {
            throw AgentFailureException.permanent(
                    "AGENT_DISABLED", "fleet.agents.test.enabled: must be true on the worker to run tests");
        }
        var sandbox = sandboxes.require(input.leastLevel());
        try (var program = sandbox.start(request(input))) {
            context.onCancel(program::kill);
            if (!program.await(input.timeout())) {
                throw AgentFailureException.retryable(
                        "TEST_TIMEOUT", "The test command ran longer than its timeout of " + input.timeout());
            }
            return report(input, program, sandbox.level());
        }
    }

    private ProgramRequest request(TestInput input) {
        var environment = new HashMap<>(Objects.requireNonNullElse(input.environment(), Map.of()));
        environment.putIfAbsent("PATH", ProgramRequest.DEFAULT_PATH);
        return new ProgramRequest(
                input.argv(),
                environment,
                null,
                new Workplace.Own(files(input)),
                input.limits() == null ? Limits.NONE : input.limits(),
                input.needsNetwork(),
                0);
    }

    private InputFiles files(TestInput input) {
        var contents = new HashMap<String, FileContent>();
        Objects.requireNonNullElse(input.files(), ProjectFiles.NONE)
                .texts()
                .forEach((path, text) -> contents.put(path, new FileContent(text, null, null)));
        var tree = input.inputDirectory() == null
                ? null
                : InputTree.below(sandboxConfig.inputRoot(), input.inputDirectory());
        return new InputFiles(contents, tree);
    }

    private static TestReport report(TestInput input, RunningProgram program, SandboxLevel level)
            throws InterruptedException {
        int exitCode = program.exitCode();
        var reports = Reports.of(input.outputs(), program.outputs(input.outputs(), true));
        if (exitCode == 0 && reports.problem() != null) {
            // The command claims success and does not show it.
            throw AgentFailureException.permanent("REPORT_UNUSABLE", "reports: " + reports.problem());
        }
        boolean passed = exitCode == 0 && (input.reports() == null || reports.allPassed());
        return new TestReport(
                passed,
                exitCode,
                reports.counts().tests() == 0 && (input.reports() == null || reports.problem() != null)
                        ? null
                        : reports.counts(),
                reports.failed().isEmpty() ? null : reports.failed(),
                program.endOfStdout(END_OF_OUTPUT),
                program.lastWords(END_OF_OUTPUT),
                reports.problem(),
                level.text(),
                program.result(0).duration());
    }
}
