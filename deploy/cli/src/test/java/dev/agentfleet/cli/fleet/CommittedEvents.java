package dev.agentfleet.cli.fleet;

import static java.util.function.Function.identity;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Follows {@code fleet.runs} on a thread of its own, as readers of committed records see it, and when. Thread-safe. */
final class CommittedEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Seen> all = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopping;

    private record Seen(RunEvent event, Instant written, Instant seen) {}

    CommittedEvents(String bootstrapServers) {
        this.consumer = RunsTopic.fromBeginning(bootstrapServers);
        this.thread = Thread.ofPlatform().name("committed-events").daemon().start(this::read);
    }

    /** When the first outcome of the run was seen that was written after the moment. */
    Optional<Instant> firstAfter(RunId id, Instant moment) {
        return of(id).filter(each -> each.written().isAfter(moment))
                .map(Seen::seen)
                .findFirst();
    }

    /** How many outcomes of the run have been seen. */
    long number(RunId id) {
        return of(id).count();
    }

    /** The outcome of each task of the run that has been seen; throws {@link IllegalStateException} when one has two. */
    Map<TaskId, TaskOutcome> outcomes(RunId id) {
        return of(id).map(each -> (TaskOutcome) each.event())
                .collect(Collectors.toMap(TaskOutcome::taskId, identity()));
    }

    private synchronized Stream<Seen> of(RunId id) {
        return List.copyOf(all).stream()
                .filter(each -> each.event() instanceof TaskOutcome outcome
                        && outcome.runId().equals(id));
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

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        all.add(new Seen(
                Json.read(record.value(), RunEvent.class), Instant.ofEpochMilli(record.timestamp()), Instant.now()));
    }
}
