package dev.agentfleet.worker.runtime;

/** The way out when going on would break a promise: what was not acknowledged runs elsewhere. */
@FunctionalInterface
public interface ProcessEnd {

    /** Logs why and ends the process at once with an exit code other than 0. */
    void now(String why, Throwable cause);
}
