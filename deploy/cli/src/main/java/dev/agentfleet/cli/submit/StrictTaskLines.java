package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.submission.Lines;
import dev.agentfleet.submission.TaskSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One task per line (NDJSON), read strictly. */
final class StrictTaskLines implements TaskSource {
    private final Lines lines;
    private final @Nullable String defaultAgent;
    private Lines.@Nullable Line first;

    /**
     * @param first the line read already, when the form of the input was found out
     * @param defaultAgent the run's agent, for tasks that name none
     */
    StrictTaskLines(Lines.@Nullable Line first, Lines lines, @Nullable String defaultAgent) {
        this.first = first;
        this.lines = lines;
        this.defaultAgent = defaultAgent;
    }

    @Override
    public @Nullable TaskSpec next() throws IOException {
        Lines.Line line = first == null ? lines.next() : first;
        first = null;
        if (line == null) {
            return null;
        }
        String where = "line " + line.number();
        TaskSpec task = InputJson.task(line.bytes(), where);
        if (task.agent() == null && defaultAgent == null) {
            throw new InvalidInputException(where + ": agent: 'null' must be named here or with --agent");
        }
        return task;
    }
}
