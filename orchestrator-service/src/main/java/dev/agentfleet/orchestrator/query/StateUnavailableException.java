package dev.agentfleet.orchestrator.query;

/** The state that could answer is not here now: starting, restoring, or moving to another owner. Try again soon. */
public final class StateUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StateUnavailableException(String message) {
        super(message);
    }
}
