package dev.agentfleet.orchestrator.config;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of the platform that decide who reaches REST, and with how much. */
@Singleton
public class ServerSettings {

    private final String host;
    private final Optional<List<String>> audience;
    private final MemorySize maxBodySize;

    ServerSettings(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.host = host;
        this.audience = audience;
        this.maxBodySize = maxBodySize;
    }

    /** The name or address that it listens on. */
    public String host() {
        return host;
    }

    /** Whether tokens must be meant for this fleet. */
    public boolean hasAudience() {
        return audience.isPresent();
    }

    /** The most bytes that the body of a request may have. */
    public long maxBodyBytes() {
        return maxBodySize.asLongValue();
    }
}
