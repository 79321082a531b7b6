package dev.agentfleet.contract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one way a contract record refuses a value: field, value (shortened) and rule. */
final class Rules {

    private static final int SHOWN = 60;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** Of any span that a request asks for. Here and not in an option: defaults of one must not wait for another's. */
    static final Duration MAX_DURATION = Duration.ofDays(365);

    private Rules() {}

    static void require(boolean holds, String field, @Nullable Object value, String rule) {
        if (!holds) {
            throw broken(field, value, rule);
        }
    }

    /** A span that is asked for. */
    static void requirePositive(@Nullable Duration value, String field) {
        require(
                value == null || (value.isPositive() && value.compareTo(MAX_DURATION) <= 0),
                field,
                value,
                "must be longer than zero and at most " + MAX_DURATION);
    }

    /** A span that was measured: it is added up, and must not overflow what it is added to. */
    static void requireMeasured(@Nullable Duration span, String field) {
        require(
                span == null || (!span.isNegative() && span.compareTo(LONGEST) <= 0),
                field,
                span,
                "must be zero to " + LONGEST);
    }

    static InvalidFieldException broken(String field, @Nullable Object value, String rule) {
        return new InvalidFieldException(field, shown(value), rule);
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
