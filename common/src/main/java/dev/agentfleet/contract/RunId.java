package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names one run; unique until the run is purged. It is the key of every record about the run, so it must be safe in a
 * Kafka key, a URL path and a file name: 1 to 128 characters, letters, digits and {@code . _ : @ -}, starting with a
 * letter or digit.
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {

    public static final int MAX_LENGTH = 128;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Rules.require(
                value.length() <= MAX_LENGTH && FORM.matcher(value).matches(),
                "runId",
                value,
                "must be 1 to 128 letters, digits or . _ : @ - and start with a letter or digit");
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
