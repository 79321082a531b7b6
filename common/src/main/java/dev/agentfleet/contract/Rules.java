package dev.agentfleet.contract;

import org.jspecify.annotations.Nullable;

/** The one way a contract record refuses a value: field, value (shortened) and rule. */
final class Rules {

    private static final int SHOWN = 60;

    private Rules() {}

    static void require(boolean holds, String field, @Nullable Object value, String rule) {
        if (!holds) {
            throw broken(field, value, rule);
        }
    }

    static InvalidFieldException broken(String field, @Nullable Object value, String rule) {
        return new InvalidFieldException(field, shown(value), rule);
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
