package dev.agentfleet.embedded;

/** An option whose value breaks its rule; the message names all three. */
public final class InvalidOptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String DATA = "data";
    static final String PORT = "port";
    static final String CONTROLLER_PORT = "controller-port";

    private final String option;

    InvalidOptionException(String option, Object value, String rule) {
        super("%s '%s': %s".formatted(option, value, rule));
        this.option = option;
    }

    InvalidOptionException(String option, String rule) {
        super("%s: %s".formatted(option, rule));
        this.option = option;
    }

    /** The option's name as on the command line, without dashes: {@code data}, {@code port}, {@code controller-port}. */
    public String option() {
        return option;
    }
}
