package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;

/** How much input is left to be written. Every entry counts for a block at least, so that their number is bounded too. */
final class ByteBudget {

    private static final int BLOCK = 4096;

    private final long most;
    private long left;

    ByteBudget(long most) {
        this.most = most;
        this.left = most;
    }

    void take(long bytes) {
        left -= Math.max(bytes, BLOCK);
        if (left < 0) {
            throw AgentFailureException.permanent(
                    FailureCode.INVALID_INPUT,
                    "files and inputDirectory must fit into limits.disk of " + most
                            + " bytes, each file and directory counted as " + BLOCK + " at least");
        }
    }
}
