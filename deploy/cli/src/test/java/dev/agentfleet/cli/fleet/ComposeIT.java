package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Compose file, as a user would start it, on other ports. */
@Tag("long")
@Tag("tool:docker-compose")
class ComposeIT {
    private static final Path DIRECTORY = Path.of(System.getProperty("fleet.home", "../.."), "deploy", "compose")
            .toAbsolutePath()
            .normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String IMAGES = System.getProperty("fleet.images", "");

    @TempDir
    private @Nullable Path directory;

    @Test
    void startsAFleetAndScalesItsWorkers() throws Exception {
        int port = freePort();
        Map<String, String> variables = Map.of(
                "COMPOSE_PROJECT_NAME", "agent-fleet-test",
                "FLEET_PORT", Integer.toString(port),
                "FLEET_KAFKA_PORT", Integer.toString(freePort()),
                "FLEET_ORCHESTRATOR_IMAGE", image("orchestrator"),
                "FLEET_WORKER_IMAGE", image("worker"));
        try {
            compose(variables, "up", "-d", "--scale", "worker=4");
            var api = new FleetApi(URI.create("http://127.0.0.1:" + port));
            awaitWorkers(api, 4);
            RunId run = Fleet.newId();
            api.submit(SubmitRun.batch(run, Collections.nCopies(200, TaskSpec.of("echo", new Payload("1"))), null));
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(UnreachableException.class)
                    .until(() -> api.run(run).status() == RunStatus.SUCCEEDED);

            compose(variables, "up", "-d", "--scale", "worker=1");
            awaitWorkers(api, 1);
        } finally {
            compose(variables, "down", "-v", "-t", "5");
        }
    }

    private static void awaitWorkers(FleetApi api, int number) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.workers()).hasSize(number));
    }

    private void compose(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        Path log = Objects.requireNonNull(directory).resolve("compose.log");
        var command = new ArrayList<String>(program());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        int code = builder.start().waitFor();
        assertThat(code).as(command + "\n" + Files.readString(log)).isZero();
    }

    /** The engine's plug-in, or the program of its own that came before it. */
    private static List<String> program() throws IOException, InterruptedException {
        int code = new ProcessBuilder("docker", "compose", "version").start().waitFor();
        return code == 0 ? List.of("docker", "compose") : List.of("docker-compose");
    }

    private static String image(String service) {
        return String.format(Locale.ROOT, IMAGES, service);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
