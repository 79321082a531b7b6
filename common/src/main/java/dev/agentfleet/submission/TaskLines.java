package dev.agentfleet.submission;

import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.UnreadableMessageException;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One task a line (NDJSON). */
public final class TaskLines implements TaskSource {

    private final Lines lines;
    private final Function<TaskSpec, @Nullable String> objection;

    /** @param objection field, value and rule where a task cannot be taken, else null */
    public TaskLines(Lines lines, Function<TaskSpec, @Nullable String> objection) {
        this.lines = lines;
        this.objection = objection;
    }

    /** @throws InvalidLineException when the line is no task, or one that cannot be taken */
    @Override
    public @Nullable TaskSpec next() throws IOException {
        Lines.Line line = lines.next();
        if (line == null) {
            return null;
        }
        TaskSpec task = read(line);
        String why = objection.apply(task);
        if (why != null) {
            throw new InvalidLineException(line.number(), why);
        }
        return task;
    }

    private static TaskSpec read(Lines.Line line) {
        try {
            return Json.readPart(line.bytes(), TaskSpec.class);
        } catch (UnreadableMessageException e) {
            InvalidFieldException field = e.invalidField().orElse(null);
            throw field == null
                    ? new InvalidLineException(line.number(), String.valueOf(e.getMessage()))
                    : new InvalidLineException(line.number(), field);
        }
    }
}
