package dev.agentfleet.worker.llm;

/** How a running call learns that nobody waits for it any more. */
@FunctionalInterface
public interface Cancellation {

    /** Nothing stops the call but its deadline and an interrupt. */
    Cancellation NEVER = action -> {};

    /** Runs the action once when the call is to stop; at once when that has happened already. */
    void onCancel(Runnable action);
}
