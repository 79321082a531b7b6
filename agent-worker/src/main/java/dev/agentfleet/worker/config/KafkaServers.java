package dev.agentfleet.worker.config;

import dev.agentfleet.bootstrap.BootstrapServers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this process asks for Kafka first. */
@Singleton
public final class KafkaServers {

    private final BootstrapServers servers;

    KafkaServers(@ConfigProperty(name = BootstrapServers.PROPERTY, defaultValue = "localhost:9092") String servers) {
        this.servers = new BootstrapServers(servers);
    }

    public BootstrapServers get() {
        return servers;
    }
}
