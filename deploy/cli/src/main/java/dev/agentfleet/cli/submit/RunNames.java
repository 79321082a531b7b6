package dev.agentfleet.cli.submit;

import dev.agentfleet.contract.RunId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Names for runs whose user gave none: made here, so that a submission repeated after a broken connection is the same run. */
public final class RunNames {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int RADIX = 36;
    private static final long SUFFIXES = (long) Math.pow(RADIX, 5);

    private RunNames() {}

    public static RunId fresh(String prefix, Instant now) {
        RandomGenerator random = new SecureRandom();
        String suffix =
                Long.toString(SUFFIXES + random.nextLong(SUFFIXES), RADIX).substring(1);
        return new RunId(prefix + "-" + TIME.format(now) + "-" + suffix);
    }
}
