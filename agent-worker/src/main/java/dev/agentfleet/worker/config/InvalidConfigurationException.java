package dev.agentfleet.worker.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;

/** Every problem of the configuration, one a line: key, value and rule. */
public final class InvalidConfigurationException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(List<String> problems) {
        super("The configuration is not valid:\n" + String.join("\n", problems));
    }
}
