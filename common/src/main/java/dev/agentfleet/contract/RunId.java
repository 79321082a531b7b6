package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

/**
 * Names one run; unique until the run is purged. It is the key of every record about the run, so it must be safe in a
 * Kafka key, a URL path and a file name: 1 to 128 characters, letters, digits and {@code . _ : @ -}, starting with a
 * letter or digit.
 */
@JsonSerialize(using = ToStringSerializer.class)
public record RunId(@JsonValue String value) implements Comparable<RunId> {

    public static final int MAX_LENGTH = 128;

    /** Beside letters and digits, and not as the first. */
    private static final String SIGNS = "._:@-";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Rules.require(
                isWellFormed(value),
                "runId",
                value,
                "must be 1 to 128 letters, digits or . _ : @ - and start with a letter or digit");
    }

    private static boolean isWellFormed(String value) {
        int length = value.length();
        boolean good = length > 0 && length <= MAX_LENGTH && isLetterOrDigit(value.charAt(0));
        for (int i = 1; i < length && good; i++) {
            good = isLetterOrDigit(value.charAt(i)) || SIGNS.indexOf(value.charAt(i)) >= 0;
        }
        return good;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
