package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tasks one after the other, as many as there are; the next is read only when it is asked for. */
@FunctionalInterface
public interface TaskSource {
    /**
     * The next task, or null at the end.
     *
     * @throws InvalidInputException when what stands there is no task
     */
    @Nullable
    TaskSpec next() throws IOException;
}
