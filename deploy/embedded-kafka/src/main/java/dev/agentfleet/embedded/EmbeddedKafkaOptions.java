package dev.agentfleet.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to start a broker.
 *
 * @param dataDirectory where topics, offsets and the cluster's metadata are kept; made when missing, one broker at a time
 * @param brokerPort the port clients connect to, 0 for a free one
 * @param controllerPort the port of the node's own controller, 0 for a free one
 * @param brokerProperties Kafka server properties that win over this module's own
 */
public record EmbeddedKafkaOptions(
        Path dataDirectory, int brokerPort, int controllerPort, Map<String, String> brokerProperties) {

    public EmbeddedKafkaOptions {
        requirePort(InvalidOptionException.PORT, brokerPort);
        requirePort(InvalidOptionException.CONTROLLER_PORT, controllerPort);
        if (brokerPort != 0 && brokerPort == controllerPort) {
            throw new InvalidOptionException(
                    InvalidOptionException.CONTROLLER_PORT, controllerPort, "must differ from the broker's port");
        }
        brokerProperties = Map.copyOf(brokerProperties);
    }

    /** A broker on free ports. */
    public static EmbeddedKafkaOptions in(Path dataDirectory) {
        return new EmbeddedKafkaOptions(dataDirectory, 0, 0, Map.of());
    }

    public EmbeddedKafkaOptions withBrokerPort(int port) {
        return new EmbeddedKafkaOptions(dataDirectory, port, controllerPort, brokerProperties);
    }

    public EmbeddedKafkaOptions withControllerPort(int port) {
        return new EmbeddedKafkaOptions(dataDirectory, brokerPort, port, brokerProperties);
    }

    public EmbeddedKafkaOptions withBrokerProperty(String key, String value) {
        var properties = new LinkedHashMap<>(brokerProperties);
        properties.put(key, value);
        return new EmbeddedKafkaOptions(dataDirectory, brokerPort, controllerPort, properties);
    }

    private static void requirePort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new InvalidOptionException(option, port, "must be a port from 1 to 65535, or 0 for a free one");
        }
    }
}
