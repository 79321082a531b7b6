package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker for the orchestrator under test. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(Files.createTempDirectory("orchestrator-test-kafka")));
            return Map.of(
                    "kafka.bootstrap.servers",
                    kafka.bootstrapServers(),
                    "fleet.orchestrator.home-partitions",
                    "3",
                    "fleet.orchestrator.task-partitions",
                    "4",
                    "fleet.orchestrator.state-dir",
                    Files.createTempDirectory("orchestrator-test-state").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
