package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Buried;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads everything that stands on the topics, from their beginnings to their present ends. */
final class TopicsReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Topics TOPICS = Topics.DEFAULT;
    static final String POOL = "default";

    private final List<Logged<Records.AtHome>> requests = new ArrayList<>();
    private final List<Logged<TaskAssignment>> assignments = new ArrayList<>();
    private final List<Logged<AttemptReport>> reports = new ArrayList<>();
    private final List<Logged<RunEvent>> events = new ArrayList<>();
    private final List<Logged<Buried>> deadLetters = new ArrayList<>();
    private final int homes;

    private TopicsReader(int homes) {
        this.homes = homes;
    }

    static Records read(KafkaClients kafka) {
        List<String> topics =
                List.of(TOPICS.requests(), TOPICS.tasks(POOL), TOPICS.results(), TOPICS.runs(), TOPICS.deadLetters());
        try (var consumer = kafka.fromBeginning(topics)) {
            var reader =
                    new TopicsReader(consumer.partitionsFor(TOPICS.requests()).size());
            reader.toEnd(consumer);
            // A task's next attempt may lie on another partition.
            reader.assignments.sort(Comparator.<Logged<TaskAssignment>, Instant>comparing(Logged::at)
                    .thenComparing(assignment -> assignment.message().attempt()));
            return new Records(reader.requests, reader.assignments, reader.reports, reader.events, reader.deadLetters);
        }
    }

    private void toEnd(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(TOPICS.deadLetters())) {
            deadLetters.add(logged(record, new Buried(record.key(), record.value(), headers(record))));
            return;
        }
        switch (message(record)) {
            case Request request -> request(record, request);
            case TaskAssignment assignment -> assignments.add(logged(record, assignment));
            case AttemptReport report -> reports.add(logged(record, report));
            case RunEvent event -> events.add(logged(record, event));
            case null, default -> {
                // Ticks, and what cannot be read.
            }
        }
    }

    /** One whose key and value name different runs is none. */
    private void request(ConsumerRecord<byte[], byte[]> record, Request request) {
        RunId id = record.key() == null ? request.runId() : key(record);
        boolean agrees = request.runId() == null || request.runId().equals(id);
        if (id != null && agrees && home(id) == record.partition()) {
            requests.add(logged(record, new Records.AtHome(id, request)));
        }
    }

    private int home(RunId id) {
        return Utils.toPositive(Utils.murmur2(id.value().getBytes(StandardCharsets.UTF_8))) % homes;
    }

    private static @Nullable RunId key(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null ? null : new RunId(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Message message(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : Json.read(record.value(), Message.class);
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static <T> Logged<T> logged(ConsumerRecord<byte[], byte[]> record, T message) {
        return new Logged<>(
                new Position(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(record.timestamp()),
                message);
    }
}
