package dev.agentfleet.cli.chaos.poison;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A small change of bytes, somewhere. */
enum Mutation {
    FLIP {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            byte[] changed = value.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return changed;
        }
    },
    CUT {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            return Arrays.copyOf(value, random.nextInt(value.length));
        }
    },
    DROP {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            int from = random.nextInt(value.length);
            return spliced(value, from, Math.min(value.length, from + 1 + random.nextInt(12)), new byte[0]);
        }
    },
    INSERT {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            byte[] noise = new byte[1 + random.nextInt(4)];
            random.nextBytes(noise);
            int at = random.nextInt(value.length);
            return spliced(value, at, at, noise);
        }
    },
    REPEAT {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            int from = random.nextInt(value.length);
            int to = Math.min(value.length, from + 1 + random.nextInt(40));
            return spliced(value, to, to, Arrays.copyOfRange(value, from, to));
        }
    },
    TOKEN {
        @Override
        byte[] of(byte[] value, RandomGenerator random) {
            String text = new String(value, StandardCharsets.ISO_8859_1);
            String[] tokens = text.split("(?<=[:,{}\\[\\]])|(?=[:,{}\\[\\]])", -1);
            tokens[random.nextInt(tokens.length)] = TOKENS[random.nextInt(TOKENS.length)];
            return String.join("", tokens).getBytes(StandardCharsets.ISO_8859_1);
        }
    };

    private static final String[] TOKENS = {
        "null",
        "true",
        "-1",
        "0",
        "1e400",
        "9999999999999999999999",
        "\"\"",
        "\"../..\"",
        "\"a\\nb\"",
        "[]",
        "{}",
        "[[[[",
        "\"PT-1S\"",
        "\"P99999999999D\"",
        "\"NoSuchType\"",
        "\"TaskOutcome\"",
        "99",
        "\"\\ud800\"",
        "NaN",
        ","
    };

    /** @param value not empty */
    abstract byte[] of(byte[] value, RandomGenerator random);

    private static byte[] spliced(byte[] value, int from, int to, byte[] between) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(value, 0, from);
        bytes.writeBytes(between);
        bytes.write(value, to, value.length - to);
        return bytes.toByteArray();
    }
}
