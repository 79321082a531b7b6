package dev.agentfleet.cli.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients of the fleet under test. */
record KafkaClients(String bootstrapServers) {
    private static final int LARGEST_RECORD = 4 * 1024 * 1024;

    /** Gives up a record after so many milliseconds: then nobody knows whether Kafka took it. */
    KafkaProducer<byte[], byte[]> producer(int patienceMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "linger.ms", 5,
                        "max.request.size", LARGEST_RECORD,
                        "request.timeout.ms", Math.min(5_000, patienceMillis / 2),
                        "delivery.timeout.ms", patienceMillis,
                        "max.block.ms", patienceMillis),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A reader of committed records, from the first one of every partition of these topics. */
    KafkaConsumer<byte[], byte[]> fromBeginning(List<String> topics) {
        var settings = new HashMap<String, Object>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                5_000));
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
