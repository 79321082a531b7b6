package dev.agentfleet.cli.client;

/** What should be a token cannot be one; says from where it is, not what it is. */
public final class InvalidTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }
}
