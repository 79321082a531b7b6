package dev.agentfleet.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path data;

    @Test
    void deliversWhatWasProduced() throws Exception {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            // Given
            var clients = new KafkaClients(kafka.bootstrapServers());
            clients.createTopic("words");
            clients.produce("words", "hello");
            clients.produce("words", "again");

            // When
            var values = clients.consume("words", "readers", 2);

            // Then
            assertThat(values).containsExactly("hello", "again");
        }
    }

    @Test
    void keepsRecordsOffsetsAndClusterIdOverARestartOnOtherPorts() throws Exception {
        // Given
        String clusterId;
        int firstPort;
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            var clients = new KafkaClients(kafka.bootstrapServers());
            clients.createTopic("words");
            clients.produce("words", "read before");
            assertThat(clients.consume("words", "readers", 1)).containsExactly("read before");
            clients.produce("words", "not read yet");
            clusterId = clients.clusterId();
            firstPort = kafka.port();
        }

        try (var occupied = new ServerSocket()) {
            occupied.bind(new InetSocketAddress(InetAddress.ofLiteral(LoopbackPorts.HOST), firstPort));

            // When
            try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
                // Then
                var clients = new KafkaClients(kafka.bootstrapServers());
                assertThat(kafka.port()).isNotEqualTo(firstPort);
                assertThat(clients.clusterId()).isEqualTo(clusterId);
                assertThat(clients.consume("words", "readers", 1)).containsExactly("not read yet");
            }
        }
    }

    @Test
    void acceptsTwoMebibytesAndRefusesThree() throws Exception {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            // Given
            var clients = new KafkaClients(kafka.bootstrapServers());
            clients.createTopic("large");

            // When
            clients.produce("large", "x".repeat(2 * 1024 * 1024));

            // Then
            assertThatThrownBy(() -> clients.produce("large", "x".repeat(3 * 1024 * 1024)))
                    .hasRootCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void createsNoTopicBecauseSomeoneNamedIt() {
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            // Given
            var clients = new KafkaClients(kafka.bootstrapServers());

            // When, Then
            assertThatThrownBy(() -> clients.produce("nobody-made-this", "hello"))
                    .hasMessageContaining("not present in metadata");
        }
    }

    @Test
    void letsTheCallersBrokerPropertiesWin() throws Exception {
        // Given
        var options = EmbeddedKafkaOptions.in(data).withBrokerProperty("auto.create.topics.enable", "true");

        try (var kafka = EmbeddedKafka.start(options)) {
            // When
            var clients = new KafkaClients(kafka.bootstrapServers());
            clients.produce("made-by-naming-it", "hello");

            // Then
            assertThat(clients.consume("made-by-naming-it", "readers", 1)).containsExactly("hello");
        }
    }

    @Test
    void isNotReachableFromOutsideTheLoopbackInterface() throws Exception {
        // Given
        var outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();

        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            for (InetAddress address : outside) {
                // When, Then
                assertThatThrownBy(() -> new Socket(address, kafka.port()).close())
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            // Given
            var port = occupied.getLocalPort();
            var options = EmbeddedKafkaOptions.in(data).withBrokerPort(port);

            // When, Then
            assertThatThrownBy(() -> EmbeddedKafka.start(options))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("port '" + port + "': must be free on 127.0.0.1");
        }
    }

    @Test
    void refusesADirectoryAnotherBrokerUses() {
        try (var first = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            // When, Then
            assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaOptions.in(data)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessage("data '" + data + "': must not be in use by another broker");
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void refusesADirectoryThatIsAFile() throws Exception {
        // Given
        var file = Files.writeString(data.resolve("file"), "not a directory");

        // When, Then
        assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaOptions.in(file)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("must be a directory this user can write to");
    }

    @Test
    void releasesTheDirectoryWhenKafkaRefusesAProperty() {
        // Given
        var broken = EmbeddedKafkaOptions.in(data).withBrokerProperty("num.io.threads", "none");
        assertThatThrownBy(() -> EmbeddedKafka.start(broken)).hasMessageContaining("num.io.threads");

        // When
        try (var kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data))) {
            // Then
            assertThat(kafka.port()).isPositive();
        }
    }
}
