package dev.agentfleet.cli.chaos;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Follows {@code fleet.runs} on a thread of its own and knows which runs have ended. Thread-safe. */
final class EndedRuns implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] OUTCOME = "{\"type\":\"TaskOutcome\"".getBytes(StandardCharsets.UTF_8);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<RunId> completed = ConcurrentHashMap.newKeySet();
    private final Set<RunId> rejected = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopping;

    EndedRuns(KafkaClients kafka) {
        this.consumer = kafka.fromBeginning(List.of(Topics.DEFAULT.runs()));
        this.thread = Thread.ofPlatform().name("ended-runs").daemon().start(this::read);
    }

    boolean hasCompleted(RunId run) {
        return completed.contains(run);
    }

    /** Whether something it was asked was refused; it may run all the same. */
    boolean wasRejected(RunId run) {
        return rejected.contains(run);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void read() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::take);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null
                || (value.length >= OUTCOME.length
                        && Arrays.equals(value, 0, OUTCOME.length, OUTCOME, 0, OUTCOME.length))) {
            return;
        }
        try {
            switch (Json.read(value, Message.class)) {
                case RunCompleted done -> completed.add(done.runId());
                case RunRejected refused -> rejected.add(refused.runId());
                default -> {
                    // Not the end of a run.
                }
            }
        } catch (UnreadableMessageException e) {
            // Nothing of the orchestrator's.
        }
    }
}
