package dev.agentfleet.worker.flow;

import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** One broker for all tests of this JVM, whatever class loader they are in; it ends with the JVM. */
final class SharedBroker {

    private static final String ADDRESS = "worker-test.bootstrap-servers";

    private SharedBroker() {}

    static String bootstrapServers() {
        synchronized (System.class) {
            String address = System.getProperty(ADDRESS);
            if (address == null) {
                address = start();
                System.setProperty(ADDRESS, address);
            }
            return address;
        }
    }

    private static String start() {
        try {
            var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(Files.createTempDirectory("worker-test-kafka")));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
            return kafka.bootstrapServers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
