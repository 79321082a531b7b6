package dev.agentfleet.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What any user of a broker does, against one bootstrap address. */
record KafkaClients(String bootstrapServers) {

    void createTopic(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
        }
    }

    void produce(String topic, String value) throws Exception {
        var config = Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "max.request.size", 4_000_000, "max.block.ms", 5_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(10, TimeUnit.SECONDS);
        }
    }

    /** Reads as a group, commits, and returns the values up to the expected count or 15 seconds. */
    List<String> consume(String topic, String group, int count) {
        var config = Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "group.id", group, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var values = new ArrayList<String>();
            for (var polls = 0; polls < 150 && values.size() < count; polls++) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
            return values;
        }
    }

    String clusterId() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeCluster().clusterId().get(10, TimeUnit.SECONDS);
        }
    }
}
