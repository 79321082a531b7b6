package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.submission.TaskSource;
import org.jspecify.annotations.Nullable;

/** The same task a number of times. */
public final class RepeatedTask implements TaskSource {
    private final TaskSpec task;
    private int left;

    public RepeatedTask(TaskSpec task, int times) {
        this.task = task;
        this.left = times;
    }

    @Override
    public @Nullable TaskSpec next() {
        if (left == 0) {
            return null;
        }
        left--;
        return task;
    }
}
