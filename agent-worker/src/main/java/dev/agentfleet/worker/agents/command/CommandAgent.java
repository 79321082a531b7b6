package dev.agentfleet.worker.agents.command;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.CommandConfig;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Runs a program on the worker's machine, with the rights of the worker and without a sandbox; therefore off unless
 * {@code fleet.agents.command.enabled} says otherwise. The program sees the environment of its input, which
 * attempt it is ({@link CommandIds}), and nothing of the worker's environment. Whatever ends it, nothing it started is left
 * running.
 */
@ApplicationScoped
public class CommandAgent implements Agent<CommandInput, CommandOutput> {

    private static final int LAST_WORDS = 300;

    private final CommandConfig config;
    private final WorkerIdentity identity;

    public CommandAgent(CommandConfig config, WorkerIdentity identity) {
        this.config = config;
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
        var directory = WorkingDirectory.find(input.directory(), config.root());
        var ids = new CommandIds(context.taskId(), context.attempt(), identity.workerId());
        try (var command = RunningCommand.start(input, ids, directory, config.maxOutput())) {
            context.onCancel(command::kill);
            if (!command.await(input.timeout())) {
                throw AgentFailureException.retryable(
                        "COMMAND_TIMEOUT", "The command ran longer than its timeout of " + input.timeout());
            }
            var output = command.output();
            if (output.exitCode() != 0 && !input.mayFail()) {
                throw failed(output.exitCode(), command.lastWords(LAST_WORDS));
            }
            return output;
        }
    }

    private static AgentFailureException failed(int exitCode, String lastWords) {
        String said = lastWords.isEmpty() ? " and wrote nothing to stderr" : "; stderr ended with: " + lastWords;
        return AgentFailureException.retryable(
                "EXIT_" + exitCode, "The command ended with exit code " + exitCode + said);
    }
}
