package dev.agentfleet.cli.chaos;

/** What was to be tried cannot be: the harness failed, not the fleet. The message says what. */
public final class ChaosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosException(String message) {
        super(message);
    }

    ChaosException(String message, Throwable cause) {
        super(message, cause);
    }
}
