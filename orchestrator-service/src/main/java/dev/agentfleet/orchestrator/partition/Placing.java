package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of its pool's topic, and with it the worker, for each task that one home partition dispatches.
 * Advice: whatever it says, the task is read by somebody.
 */
public interface Placing {

    /** Chooses nothing: keys tell the partitions. */
    Placing BY_KEY = new Placing() {
        @Override
        public @Nullable Integer place(TaskId task, String pool, String agent) {
            return null;
        }

        @Override
        public void claimed(TaskId task, String pool, String workerId) {}

        @Override
        public void left(TaskId task, String pool) {}

        @Override
        public void refused(String pool, String workerId) {}

        @Override
        public void withdraw() {}
    };

    /** The partition for the next attempt of the task, which is taken to be sent there; null: that of its key. */
    @Nullable
    Integer place(TaskId task, String pool, String agent);

    /** The task is known to run on the worker, and not to be short. */
    void claimed(TaskId task, String pool, String workerId);

    /** No attempt of the task is dispatched or running any more. */
    void left(TaskId task, String pool);

    /** The worker gave an attempt back because it has no slot for it. */
    void refused(String pool, String workerId);

    /** Forgets every task of this home partition: another owner has it now. */
    void withdraw();
}
