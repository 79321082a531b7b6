package dev.agentfleet.submission;

import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Tasks one after the other, as many as there are; the next is read only when it is asked for. */
@FunctionalInterface
public interface TaskSource {

    /**
     * The next task, or null at the end.
     *
     * @throws RuntimeException of the source's own when what stands there is no task
     */
    @Nullable
    TaskSpec next() throws IOException;

    /** What the iterator still holds. */
    static TaskSource of(Iterator<TaskSpec> tasks) {
        return () -> nextOrNull(tasks);
    }

    private static @Nullable TaskSpec nextOrNull(Iterator<TaskSpec> tasks) {
        return tasks.hasNext() ? tasks.next() : null;
    }
}
