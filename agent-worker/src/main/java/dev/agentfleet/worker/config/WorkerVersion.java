package dev.agentfleet.worker.config;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The version of this software, which the build writes into the configuration under a key of Quarkus. */
@Singleton
public final class WorkerVersion {

    private final String text;

    public WorkerVersion(@ConfigProperty(name = "quarkus.application.version") String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
