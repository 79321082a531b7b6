package dev.agentfleet.cli.bench;

import dev.agentfleet.cli.time.Time;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads {@code fleet.runs} on a thread of its own and tells each followed run what came. */
final class RunFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] OUTCOME = start("TaskOutcome");
    private static final byte[] COMPLETED = start("RunCompleted");

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Time time;
    private final Map<String, FollowedRun> followed = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    RunFollower(KafkaConsumer<byte[], byte[]> consumer, Time time) {
        this.consumer = consumer;
        this.time = time;
        this.thread = Thread.ofPlatform().name("run-follower").daemon().start(this::read);
    }

    /** Call before the submission is sent. */
    FollowedRun follow(RunId id, int tasks, long since) {
        var run = new FollowedRun(id, tasks, since);
        followed.put(id.value(), run);
        return run;
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void read() {
        try (consumer) {
            while (!stopping) {
                var records = consumer.poll(POLL);
                long at = time.nanos();
                records.forEach(record -> take(record, at));
            }
        }
    }

    /** Only the aggregate is parsed: a reader's own work is not what is measured. */
    private void take(ConsumerRecord<byte[], byte[]> record, long at) {
        FollowedRun run = followed.get(new String(record.key(), StandardCharsets.UTF_8));
        if (run == null) {
            return;
        }
        if (startsWith(record.value(), OUTCOME)) {
            run.outcome(at);
        } else if (startsWith(record.value(), COMPLETED)) {
            followed.remove(run.id().value());
            run.completed(Json.read(record.value(), RunCompleted.class), at);
        }
    }

    private static byte[] start(String type) {
        return ("{\"type\":\"" + type + '"').getBytes(StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] value, byte[] start) {
        return value.length >= start.length && Arrays.equals(value, 0, start.length, start, 0, start.length);
    }
}
