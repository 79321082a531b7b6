package dev.agentfleet.cli.local;

/** The local fleet cannot start or go on; the message says what to do. */
public final class LocalFleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalFleetException(String message) {
        super(message);
    }
}
