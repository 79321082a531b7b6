package dev.agentfleet.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterLogIT {

    private static final String TOPIC = "dead-letters";
    private static final DeadLetterQuery ALL = new DeadLetterQuery(Instant.EPOCH, null, null, null, null);
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void givesUpReadersThatTakeNothingSoThatOthersCanRead(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data));
                ExecutorService stuck = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Object> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
            bury(connection);
            DeadLetterLog log = new DeadLetterLog(connection, TOPIC, Duration.ofSeconds(5));
            CountDownLatch reading = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                var _ = stuck.submit(() -> log.forEach(ALL, LONG, letter -> takesNothing(reading)));
            }
            reading.await();
            assertThatThrownBy(() -> log.forEach(ALL, LONG, letter -> true))
                    .isInstanceOf(StateUnavailableException.class)
                    .hasMessageContaining("4 others");

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(log.forEach(ALL, LONG, letter -> true)).isEqualTo(Optional.empty()));
        }
    }

    private static boolean takesNothing(CountDownLatch reading) {
        reading.countDown();
        try {
            new CountDownLatch(1).await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("given up", e);
        }
    }

    private static void bury(Map<String, Object> connection) throws Exception {
        try (Admin admin = Admin.create(connection);
                var producer = new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            producer.send(new ProducerRecord<>(TOPIC, new byte[] {1})).get();
        }
    }
}
