package dev.agentfleet.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into lists of tasks that each fit one record; holds one list and one task. Where it cuts follows from the
 * tasks alone: the same tasks sent again are the same chunks. To cut elsewhere would make them another run.
 */
final class Chunks {

    static final int MOST_TASKS = 500;
    static final int MOST_BYTES = 256 * 1024;

    private static final int ENVELOPE = 512;

    private final TaskSource source;
    private @Nullable TaskSpec ahead;
    private boolean started;

    Chunks(TaskSource source) {
        this.source = source;
    }

    /** The next tasks; empty at the end. A task that is larger than a chunk should be comes alone. */
    List<TaskSpec> next() throws IOException {
        start();
        var chunk = new ArrayList<TaskSpec>();
        int bytes = ENVELOPE;
        while (ahead != null && chunk.size() < MOST_TASKS) {
            bytes += size(ahead) + 1;
            if (!chunk.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            chunk.add(ahead);
            ahead = source.next();
        }
        return chunk;
    }

    /** Whether another chunk follows. */
    boolean hasNext() throws IOException {
        start();
        return ahead != null;
    }

    private void start() throws IOException {
        if (!started) {
            ahead = source.next();
            started = true;
        }
    }

    private static int size(TaskSpec task) throws JsonProcessingException {
        return Json.mapper().writeValueAsBytes(task).length;
    }
}
