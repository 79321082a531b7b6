package dev.agentfleet.cli.chaos.poison;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** Makes records that no careful client would write. The same seed makes the same records. */
public final class PoisonRecords {
    private static final int DEEP = 10_000;
    private static final int LARGE = 1024 * 1024;
    private static final int MOST_MUTATIONS = 3;
    /** Beside the value's. */
    private static final int KEY_EVERY = 20;

    private final long seed;
    private final ValidRecords valid;
    private final Topics topics;

    public PoisonRecords(long seed, Topics topics) {
        this.seed = seed;
        this.valid = new ValidRecords(topics);
        this.topics = topics;
    }

    /** What has broken readers before, on each topic that others may write to. */
    public List<BadRecord> catalogue() {
        var records = new ArrayList<BadRecord>();
        for (String topic : List.of(topics.requests(), topics.results(), topics.tasks("default"))) {
            catalogue(topic, "poison-" + seed + '-' + records.size(), records);
        }
        return records;
    }

    /** Valid records of every kind, each changed in one to three places. Lazy: they may be many. */
    public Stream<BadRecord> mutations(int number) {
        var random = new Random(seed);
        return Stream.iterate(0, i -> i + 1).limit(number).map(i -> mutated(i, random));
    }

    private BadRecord mutated(int number, Random random) {
        List<BadRecord> all = valid.about("mutant-" + seed + '-' + number);
        BadRecord whole = all.get(random.nextInt(all.size()));
        byte[] value = Objects.requireNonNull(whole.value());
        var how = new StringBuilder(whole.made());
        for (int left = 1 + random.nextInt(MOST_MUTATIONS); left > 0 && value.length > 0; left--) {
            Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
            value = mutation.of(value, random);
            how.append(' ').append(mutation);
        }
        byte[] key = whole.key();
        if (key != null && random.nextInt(KEY_EVERY) == 0) {
            key = Mutation.FLIP.of(key, random);
            how.append(" key");
        }
        return whole.with(how.toString(), key, value);
    }

    private static void catalogue(String topic, String run, List<BadRecord> records) {
        records.add(BadRecord.of("no key, no value", topic, null, null));
        records.add(BadRecord.of("no value", topic, run, null));
        records.add(BadRecord.of("empty value", topic, run, ""));
        records.add(new BadRecord(
                "invalid UTF-8", topic, BadRecord.bytes(run), new byte[] {'"', (byte) 0xC3, 0x28, '"'}, Map.of()));
        records.add(new BadRecord(
                "invalid UTF-8 as key",
                topic,
                new byte[] {(byte) 0xFF, 0x00},
                "{}".getBytes(StandardCharsets.UTF_8),
                Map.of()));
        records.add(BadRecord.of("truncated", topic, run, "{\"type\":\"SubmitRun\",\"agent\":\"ec"));
        records.add(BadRecord.of("no JSON", topic, run, "hello"));
        records.add(BadRecord.of("a list", topic, run, "[]"));
        records.add(BadRecord.of("null", topic, run, "null"));
        records.add(BadRecord.of("no type", topic, run, "{}"));
        records.add(BadRecord.of("unknown type", topic, run, "{\"type\":\"LaunchRockets\"}"));
        records.add(BadRecord.of("a class name as type", topic, run, "{\"type\":\"java.lang.Runtime\"}"));
        records.add(BadRecord.of("future version", topic, run, "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"v\":2}"));
        records.add(BadRecord.of(
                "version of a wrong type", topic, run, "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"v\":{}}"));
        records.add(BadRecord.of("wrong types", topic, run, "{\"type\":\"SubmitRun\",\"agent\":[1],\"tasks\":{}}"));
        records.add(BadRecord.of(
                "duplicate fields",
                topic,
                run,
                "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"a\":1,\"a\":2}}"));
        records.add(BadRecord.of(
                "huge number",
                topic,
                run,
                "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":" + "9".repeat(5_000) + "}"));
        records.add(BadRecord.of(
                "deep",
                topic,
                run,
                "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"));
        records.add(BadRecord.of("no id", topic, null, "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}"));
        records.add(BadRecord.of("large id", topic, "x".repeat(LARGE), "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}"));
        records.add(BadRecord.of(
                "large value",
                topic,
                run,
                "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":\"" + "x".repeat(LARGE) + "\"}"));
        records.add(BadRecord.of("id with a newline", topic, "a\nb", "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}"));
        records.add(BadRecord.of(
                "id with a path", topic, "../../etc/passwd", "{\"type\":\"SubmitRun\",\"agent\":\"echo\"}"));
        records.add(BadRecord.of(
                "two ids", topic, run, "{\"type\":\"SubmitRun\",\"runId\":\"" + run + "-other\",\"agent\":\"echo\"}"));
        records.add(new BadRecord(
                "headers that lie",
                topic,
                BadRecord.bytes(run),
                BadRecord.bytes("{}"),
                Map.of(
                        Headers.TASK_ID,
                        "no task",
                        Headers.ATTEMPT,
                        "minus one",
                        Headers.SOURCE_TOPIC,
                        "elsewhere",
                        Headers.REASON,
                        "none")));
    }
}
