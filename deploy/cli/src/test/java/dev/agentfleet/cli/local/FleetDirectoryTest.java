package dev.agentfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.DrivenTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetDirectoryTest {
    @TempDir
    Path path;

    @Test
    void belongsToOneFleetAtATime() throws Exception {
        try (var first = FleetDirectory.hold(path)) {
            assertThatThrownBy(() -> FleetDirectory.hold(path))
                    .isInstanceOf(LocalFleetException.class)
                    .hasMessageContaining("a fleet is up already in " + path)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            assertThat(first.path()).isEqualTo(path);
        }
        FleetDirectory.hold(path).close();
    }

    @Test
    void isClearedWithoutItsLock() throws Exception {
        try (var directory = FleetDirectory.hold(path)) {
            Files.createDirectories(directory.kafka().resolve("a/b"));
            Files.writeString(directory.kafka().resolve("a/b/c"), "x");
            Files.createSymbolicLink(directory.kafka().resolve("link"), Path.of("/etc"));

            directory.clear();

            assertThat(directory.kafka()).doesNotExist();
            assertThat(path.resolve("lock")).exists();
            assertThat(Path.of("/etc/passwd")).exists();
        }
    }

    @Test
    void namesTheFlagOfAPortInUse() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree(socket.getLocalPort(), "--kafka-port"))
                    .hasMessageStartingWith("--kafka-port '" + socket.getLocalPort() + "': is in use on 127.0.0.1");
        }
        Ports.requireFree(0, "--port");
    }

    @Test
    void tellsTheServerOfAFleetThatIsUp() throws Exception {
        var server = URI.create("http://127.0.0.1:1234");
        new FleetState(ProcessHandle.current().pid(), server, "127.0.0.1:9", List.of()).write(path);

        assertThat(FleetState.serverOf(path)).contains(server);
        assertThat(FleetState.serverOf(path.resolve("elsewhere"))).isEmpty();
    }

    @Test
    void endsWhatAKilledFleetLeft() throws Exception {
        Process stubborn = new ProcessBuilder("sleep", "600").start();
        new FleetState(1, null, null, List.of(FleetState.Member.of("worker-1", stubborn.toHandle()))).write(path);
        var notes = new ArrayList<String>();

        Leftovers.end(path, new DrivenTime(), notes::add);

        assertThat(stubborn.waitFor()).isEqualTo(137);
        assertThat(notes)
                .containsExactly(
                        "taking over from a fleet that was not stopped (pid 1)",
                        "killing its worker-1 (pid " + stubborn.pid() + ")");
    }

    @Test
    void leavesALaterProcessOfTheSameNumberAlone() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            var member = new FleetState.Member("worker-1", other.pid(), java.time.Instant.EPOCH);
            new FleetState(1, null, null, List.of(member)).write(path);

            Leftovers.end(path, new DrivenTime(), _ -> {});

            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
