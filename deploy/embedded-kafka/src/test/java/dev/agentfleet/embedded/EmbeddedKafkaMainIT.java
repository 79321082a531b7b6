package dev.agentfleet.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedKafkaMainIT {
    @TempDir
    Path directory;

    private Path logs;
    private String data;

    @BeforeEach
    void makeDirectories() throws Exception {
        logs = Files.createDirectory(directory.resolve("logs"));
        data = directory.resolve("data").toString();
    }

    @Test
    void endsOnSigtermInOrderAndServesTheSameRecordsAfterwards() throws Exception {
        // Given
        try (var broker = BrokerProcess.start(logs, "--data", data, "--port", "0")) {
            var clients = new KafkaClients(broker.awaitReady());
            clients.createTopic("words");
            clients.produce("words", "hello");

            // When
            broker.process().destroy();

            // Then
            assertThat(broker.awaitExit()).isEqualTo(128 + 15);
            assertThat(Path.of(data, ".kafka_cleanshutdown")).exists();
            assertThat(broker.stdout().lines()).hasSize(1);
        }
        assertServes("hello");
    }

    @Test
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        // Given
        try (var broker = BrokerProcess.start(logs, "--data", data, "--port", "0")) {
            var clients = new KafkaClients(broker.awaitReady());
            clients.createTopic("words");
            clients.produce("words", "hello");

            // When
            broker.process().destroyForcibly();
            broker.awaitExit();
        }

        // Then
        assertServes("hello");
    }

    @Test
    void endsWithItsParentWhenAskedTo() throws Exception {
        try (var shell = BrokerProcess.startBelowAShell(logs, "--data", data, "--port", "0", "--exit-with-parent")) {
            // Given
            shell.awaitReady();
            var broker = shell.process().children().findFirst().orElseThrow();

            // When
            shell.process().destroyForcibly();

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !broker.isAlive());
            assertThat(Path.of(data, ".kafka_cleanshutdown")).exists();
        }
    }

    @Test
    void outlivesItsParentUnlessAskedTo() throws Exception {
        try (var shell = BrokerProcess.startBelowAShell(logs, "--data", data, "--port", "0")) {
            // Given
            shell.awaitReady();
            var broker = shell.process().children().findFirst().orElseThrow();

            // When
            shell.process().destroyForcibly();

            // Then
            try {
                Awaitility.await().during(Duration.ofSeconds(2)).until(broker::isAlive);
            } finally {
                broker.destroyForcibly();
            }
        }
    }

    @Test
    void namesThePortInUse() throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            var port = Integer.toString(occupied.getLocalPort());
            assertRefused("--port '" + port + "': must be free on 127.0.0.1", "--data", data, "--port", port);
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeWrittenTo() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "").toString();
        assertRefused(
                "--data '" + file + "': must be a directory this user can write to", "--data", file, "--port", "0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --colour red | --colour: is not a known flag
            --data d | --port: must be given
            --port 0 | --data: must be given
            --data d --port | --port: needs a value
            --data d --port ten | --port 'ten': must be a port from 1 to 65535
            --data d --port 70000 | --port '70000': must be a port from 1 to 65535
            """)
    void namesTheFlagTheValueAndTheRule(String arguments, String message) throws Exception {
        assertRefused(message, arguments.split(" "));
    }

    private void assertServes(String value) throws Exception {
        try (var broker = BrokerProcess.start(logs, "--data", data, "--port", "0")) {
            var clients = new KafkaClients(broker.awaitReady());
            assertThat(clients.consume("words", "readers", 1)).containsExactly(value);
        }
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        try (var broker = BrokerProcess.start(logs, arguments)) {
            assertThat(broker.awaitExit()).isEqualTo(2);
            assertThat(broker.stderr()).startsWith(message).hasLineCount(1);
            assertThat(broker.stdout()).isEmpty();
        }
    }
}
