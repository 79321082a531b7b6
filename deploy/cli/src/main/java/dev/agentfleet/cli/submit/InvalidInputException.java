package dev.agentfleet.cli.submit;

/** What the user typed, filed or piped cannot be submitted; the message names place, field, value and rule. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }
}
