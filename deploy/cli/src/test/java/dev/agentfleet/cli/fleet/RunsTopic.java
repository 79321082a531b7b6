package dev.agentfleet.cli.fleet;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code fleet.runs}, or {@code fleet.results}, from its beginning to its present end. */
final class RunsTopic {

    private RunsTopic() {}

    static List<RunEvent> read(String bootstrapServers, RunId id) {
        return about(bootstrapServers, id)
                .map(record -> Json.read(record.value(), RunEvent.class))
                .toList();
    }

    /** The text of a header on each record about the run that has it. */
    static List<String> headers(String bootstrapServers, RunId id, String name) {
        return about(bootstrapServers, id)
                .map(record -> record.headers().lastHeader(name))
                .filter(Objects::nonNull)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** What workers said of the run's attempts. */
    static List<AttemptReport> reports(String bootstrapServers, RunId id) {
        return records(bootstrapServers, Topics.DEFAULT.results()).stream()
                .map(record -> Json.read(record.value(), Message.class))
                .filter(AttemptReport.class::isInstance)
                .map(AttemptReport.class::cast)
                .filter(report -> report.taskId().runId().equals(id))
                .toList();
    }

    private static Stream<ConsumerRecord<byte[], byte[]>> about(String bootstrapServers, RunId id) {
        return records(bootstrapServers, Topics.DEFAULT.runs()).stream()
                .filter(record -> id.value().equals(new String(record.key(), StandardCharsets.UTF_8)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        try (var consumer = fromBeginning(bootstrapServers, topic)) {
            Set<TopicPartition> all = consumer.assignment();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(events::add);
            }
        }
        return events;
    }

    /** A reader of committed records. */
    static KafkaConsumer<byte[], byte[]> fromBeginning(String bootstrapServers) {
        return fromBeginning(bootstrapServers, Topics.DEFAULT.runs());
    }

    private static KafkaConsumer<byte[], byte[]> fromBeginning(String bootstrapServers, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        Long end = ends.get(partition);
        return end == null ? 0 : end;
    }
}
