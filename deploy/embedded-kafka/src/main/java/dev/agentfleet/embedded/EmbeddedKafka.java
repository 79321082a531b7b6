package dev.agentfleet.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller together, reachable on 127.0.0.1 only and without authentication.
 *
 * <p>What was written survives {@link #close()}, a kill and a start on other ports, as long as the data directory is the
 * same. An unrecoverable fault of the broker's storage ends the JVM: that is Kafka's own rule.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final DataDirectory directory;
    private final LoopbackPorts ports;
    private final KafkaRaftServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(DataDirectory directory, LoopbackPorts ports, KafkaRaftServer server) {
        this.directory = directory;
        this.ports = ports;
        this.server = server;
    }

    /**
     * Returns once clients can connect.
     *
     * @throws InvalidOptionException if a port is taken, or the data directory is in use or cannot be written to
     * @throws RuntimeException from Kafka itself, for a broker property it refuses
     */
    public static EmbeddedKafka start(EmbeddedKafkaOptions options) {
        var ports = LoopbackPorts.claim(options);
        var directory = DataDirectory.open(options.dataDirectory());
        try {
            var config = KafkaConfig.fromProps(BrokerProperties.of(directory, ports, options), false);
            return new EmbeddedKafka(directory, ports, startServer(config));
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** For a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return LoopbackPorts.HOST + ":" + port();
    }

    /** The port clients connect to in this start. */
    public int port() {
        return ports.broker();
    }

    /** Stops the node in order: partitions flushed, clients disconnected. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
            directory.close();
        }
    }

    private static KafkaRaftServer startServer(KafkaConfig config) {
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }
}
