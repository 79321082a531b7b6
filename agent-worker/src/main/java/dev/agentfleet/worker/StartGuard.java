package dev.agentfleet.worker;

import dev.agentfleet.bootstrap.BootstrapServers;
import dev.agentfleet.worker.config.KafkaServers;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Before the connector makes its clients: waits a little for the name of Kafka. */
@Singleton
final class StartGuard {

    private static final Logger LOG = Logger.getLogger(StartGuard.class);
    private static final int NO_KAFKA = 1;
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(30);

    private final BootstrapServers kafka;

    StartGuard(KafkaServers kafka) {
        this.kafka = kafka.get();
    }

    void onStart(@Observes @Priority(1) StartupEvent event) throws InterruptedException {
        kafka.awaitName(NAMED_WITHIN, () -> LOG.warnf("Waiting for the name of Kafka: %s", kafka.text()))
                .ifPresent(objection -> {
                    LOG.fatalf("Cannot start: %s", objection);
                    // Nothing has begun that would have to end.
                    Runtime.getRuntime().halt(NO_KAFKA);
                });
    }
}
