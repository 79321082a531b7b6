package dev.agentfleet.worker.agents.command;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.CommandConfig;
import dev.agentfleet.worker.config.SandboxConfig;
import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.runtime.WorkerIdentity;
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

/**
 * Runs a program in the worker's sandbox; off unless {@code fleet.agents.command.enabled} says otherwise. The program sees
 * the environment of its input, which attempt it is ({@link CommandIds}), and nothing of the worker's environment. Whatever
 * ends it, nothing it started is left running.
 */
@ApplicationScoped
public class CommandAgent implements Agent<CommandInput, CommandOutput> {

    private static final int LAST_WORDS = 300;

    private final CommandConfig config;
    private final SandboxConfig sandboxConfig;
    private final WorkerSandbox sandboxes;
    private final WorkerIdentity identity;

    public CommandAgent(
            CommandConfig config, SandboxConfig sandboxConfig, WorkerSandbox sandboxes, WorkerIdentity identity) {
        this.config = config;
        this.sandboxConfig = sandboxConfig;
        this.sandboxes = sandboxes;
        this.identity = identity;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public CommandOutput run(CommandInput input, AgentContext context) throws InterruptedException {
        if (!config.enabled()) {
            throw AgentFailureException.permanent(
                    "AGENT_DISABLED", "fleet.agents.command.enabled: must be true on the worker to run commands");
        }
        var sandbox = sandboxes.require(input.leastLevel());
        try (var program = sandbox.start(request(input, context, sandbox.level()))) {
            context.onCancel(program::kill);
            if (!program.await(input.timeout())) {
                throw AgentFailureException.retryable(
                        "COMMAND_TIMEOUT", "The command ran longer than its timeout of " + input.timeout());
            }
            return output(input, program, sandbox.level());
        }
    }

    private ProgramRequest request(CommandInput input, AgentContext context, SandboxLevel level) {
        var environment = new HashMap<>(input.environment() == null ? Map.of() : input.environment());
        environment.putIfAbsent("PATH", ProgramRequest.DEFAULT_PATH);
        environment.putAll(new CommandIds(context.taskId(), context.attempt(), identity.workerId()).variables());
        return new ProgramRequest(
                input.argv(),
                environment,
                input.stdin(),
                place(input, level),
                input.limits() == null ? Limits.NONE : input.limits(),
                input.needsNetwork(),
                config.maxOutput());
    }

    private Workplace place(CommandInput input, SandboxLevel level) {
        if (level == SandboxLevel.NONE && !input.hasFiles() || input.directory() != null) {
            return new Workplace.Existing(WorkingDirectory.find(input.directory(), config.root()));
        }
        var tree = input.inputDirectory() == null
                ? null
                : InputTree.below(sandboxConfig.inputRoot(), input.inputDirectory());
        return new Workplace.Own(new InputFiles(input.files() == null ? Map.of() : input.files(), tree));
    }

    private static CommandOutput output(CommandInput input, RunningProgram program, SandboxLevel level)
            throws InterruptedException {
        int exitCode = program.exitCode();
        if (exitCode != 0 && !input.mayFail()) {
            throw failed(exitCode, program.lastWords(LAST_WORDS));
        }
        Map<String, FileContent> files =
                input.outputs() == null ? null : program.outputs(input.outputs(), input.mayFail());
        var result = program.result(OutputRoom.perStream(files));
        return new CommandOutput(
                result.exitCode(),
                result.stdout(),
                result.stderr(),
                result.stdoutTruncated(),
                result.stderrTruncated(),
                result.duration(),
                level.text(),
                files);
    }

    private static AgentFailureException failed(int exitCode, String lastWords) {
        String said = lastWords.isEmpty() ? " and wrote nothing to stderr" : "; stderr ended with: " + lastWords;
        return AgentFailureException.retryable(
                "EXIT_" + exitCode, "The command ended with exit code " + exitCode + said);
    }
}
