package dev.agentfleet.orchestrator.query;

import java.time.Duration;
import java.util.Optional;

/** Reads what was put aside, from any thread. */
public interface DeadLetters {

    /**
     * Calls with what matches, oldest first, of all that lay there when it began, until the visitor has enough or the
     * patience is over. Holds little of it in memory. What one stream thread put aside and commits late may stand behind
     * a newer one's. A visitor that takes over a minute for one letter is interrupted, so that one client that does not read
     * cannot keep others from reading.
     *
     * @return the cursor that goes on after the last call; empty at the end
     * @throws dev.agentfleet.contract.InvalidFieldException for a cursor that is none
     * @throws StateUnavailableException when the broker does not answer, or too many read at once
     */
    Optional<String> forEach(DeadLetterQuery query, Duration patience, Visitor visitor);

    /** Takes dead letters. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether it wants more. */
        boolean visit(DeadLetterView letter);
    }
}
