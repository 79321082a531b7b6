package dev.agentfleet.contract;

/** A value that breaks a rule of the contract. The message names field, value and rule; it never holds a payload. */
public final class InvalidFieldException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    public InvalidFieldException(String field, String value, String rule) {
        super(explain(field, value, rule));
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    private static String explain(String field, String value, String rule) {
        return field + ": '" + value + "' " + rule;
    }

    /** Field, value and rule in one line. */
    public String explanation() {
        return explain(field, value, rule);
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String rule() {
        return rule;
    }
}
