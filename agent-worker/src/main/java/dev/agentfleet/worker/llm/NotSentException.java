package dev.agentfleet.worker.llm;

/** A call was ready to go out and was not let: its provider knows nothing of it. */
public final class NotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotSentException() {
        super("was not let out in time", null, false, false);
    }
}
