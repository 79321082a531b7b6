package dev.agentfleet.orchestrator.run;

/**
 * Why something asked of a run is not done.
 *
 * @param field of the request
 * @param value it has, or stands for
 * @param rule it breaks
 */
public record Objection(String field, String value, String rule) {

    /** Field, value and rule in one line. */
    public String explanation() {
        return field + ": '" + value + "' " + rule;
    }
}
