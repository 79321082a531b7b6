package dev.agentfleet.cli.submit;

import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.submission.Lines;
import dev.agentfleet.submission.TaskSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file or a pipe holds. */
public sealed interface Input {
    /** Most bytes of a run written as one object; longer ones are written as lines of tasks. */
    int LARGEST_RUN = 16 * 1024 * 1024;

    Set<String> ONLY_IN_RUNS = Set.of("type", "v", "runId", "tasks", "options", "open");

    /** A whole SubmitRun. */
    record Run(SubmitRun run) implements Input {}

    /** Lines of tasks. */
    record Tasks(TaskSource source) implements Input {}

    /**
     * Finds out which it is: a first line that is an object with a field that only a SubmitRun has, or no complete object,
     * starts a SubmitRun; anything else is the first task.
     *
     * @param in should be buffered
     * @param defaultAgent the run's agent, for tasks that name none
     */
    static Input read(InputStream in, @Nullable String defaultAgent) throws IOException {
        var lines = new Lines(in);
        Lines.Line first = lines.next();
        if (first == null) {
            throw new InvalidInputException("the input is empty: it must hold a SubmitRun, or one task per line");
        }
        return switch (form(first)) {
            case TASKS -> new Tasks(new StrictTaskLines(first, lines, defaultAgent));
            case RUN -> {
                Lines.Line second = lines.next();
                if (second != null) {
                    throw new InvalidInputException("line " + second.number() + ": a SubmitRun must stand alone");
                }
                yield new Run(InputJson.run(first.bytes(), "line " + first.number()));
            }
            case PART_OF_RUN -> new Run(InputJson.run(rest(first, in), "the SubmitRun"));
        };
    }

    /** What the first line shows. */
    enum Form {
        TASKS,
        RUN,
        PART_OF_RUN
    }

    private static Form form(Lines.Line line) {
        try {
            return InputJson.names(line.bytes()).stream().anyMatch(ONLY_IN_RUNS::contains) ? Form.RUN : Form.TASKS;
        } catch (JsonEOFException e) {
            return Form.PART_OF_RUN;
        } catch (IOException e) {
            // Reading it as a task says what is wrong with it.
            return Form.TASKS;
        }
    }

    private static byte[] rest(Lines.Line first, InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        all.writeBytes(first.bytes());
        all.write('\n');
        all.writeBytes(in.readNBytes(LARGEST_RUN));
        if (in.read() >= 0) {
            throw new InvalidInputException("the SubmitRun must be at most " + LARGEST_RUN
                    + " bytes: write a longer one as one task per line, of any number");
        }
        return all.toByteArray();
    }
}
