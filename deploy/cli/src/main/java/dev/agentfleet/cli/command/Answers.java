package dev.agentfleet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskFailure;
import java.util.List;

/** How answers that several commands give are printed. */
final class Answers {
    private static final int SHOWN_FAILURES = 5;

    private Answers() {}

    static void json(Terminal terminal, Object value) throws JsonProcessingException {
        terminal.line(Json.mapper().writeValueAsString(value));
    }

    /** A run that has ended; the exit code says how. */
    static int ended(Terminal terminal, RunView run, boolean json) throws JsonProcessingException {
        if (json) {
            json(terminal, run);
        } else {
            RunText.lines(run).forEach(terminal::line);
            failures(terminal, run);
        }
        return run.status() == RunStatus.SUCCEEDED ? ExitCode.SUCCEEDED : ExitCode.FAILED;
    }

    private static void failures(Terminal terminal, RunView run) {
        List<TaskFailure> failures = run.failures() == null ? List.of() : run.failures();
        for (TaskFailure failure : failures.stream().limit(SHOWN_FAILURES).toList()) {
            String why = failure.failure() == null ? "" : "  " + RunText.failure(failure.failure());
            terminal.line("    " + failure.taskId() + "  " + failure.status() + why);
        }
        if (run.failed() > SHOWN_FAILURES) {
            terminal.line("    … see ./fleet show " + run.runId());
        }
    }
}
