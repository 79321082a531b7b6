package dev.agentfleet.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the built parts of the fleet lie.
 *
 * @param root the top of the source tree
 */
public record FleetHome(Path root) {
    /** Named by the launcher; the working directory without it. */
    public static FleetHome current() {
        return new FleetHome(
                Path.of(System.getProperty("fleet.home", "")).toAbsolutePath().normalize());
    }

    public Path stateDirectory() {
        return root.resolve(".fleet");
    }

    Path broker() {
        return built("deploy/embedded-kafka/target/agent-fleet-embedded-kafka.jar");
    }

    Path orchestrator() {
        return built("orchestrator-service/target/quarkus-app/quarkus-run.jar");
    }

    Path worker() {
        return built("agent-worker/target/quarkus-app/quarkus-run.jar");
    }

    Path childMain() {
        return built("deploy/cli/target/agent-fleet-cli-child.jar");
    }

    /** Refuses to go on when a part is missing. */
    void requireBuilt() {
        var _ = List.of(broker(), orchestrator(), worker(), childMain());
    }

    private Path built(String path) {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw new LocalFleetException(file + " is missing: ./fleet builds it; by hand: mvn package");
        }
        return file;
    }
}
