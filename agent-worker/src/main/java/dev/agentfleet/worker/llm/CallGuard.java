package dev.agentfleet.worker.llm;

/** By what whoever makes a call keeps hold of it: when it must stop, and whether it may go out. */
@FunctionalInterface
public interface CallGuard {

    /** Nothing stops the call but its deadline and an interrupt. */
    CallGuard NONE = action -> {};

    /** Runs the action once when the call is to stop; at once when that has happened already. */
    void onCancel(Runnable action);

    /** Asked at the last moment, on a connection that stands. When false, nothing must be sent. */
    default boolean maySend() {
        return true;
    }
}
