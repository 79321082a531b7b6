package dev.agentfleet.cli.local;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a local fleet consists of.
 *
 * @param directory where it keeps its state and logs
 * @param fresh whether state of an earlier fleet in that directory is deleted first
 * @param orchestrators that share the runs; any of them is asked
 * @param slots of each worker; the worker's own default when null
 * @param httpPort of the first orchestrator, 0 for a free one
 * @param kafkaPort of the broker, 0 for a free one
 * @param agents directory of jars with agents of other authors; none when null
 * @param properties configuration of orchestrator and workers, as system properties
 */
public record LocalFleetOptions(
        FleetHome home,
        Path directory,
        boolean fresh,
        int orchestrators,
        int workers,
        @Nullable Integer slots,
        int httpPort,
        int kafkaPort,
        @Nullable Path agents,
        Map<String, String> properties) {

    public LocalFleetOptions {
        directory = directory.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** A fleet with two workers on free ports, without earlier state. */
    public static LocalFleetOptions fresh(FleetHome home, Path directory) {
        return new LocalFleetOptions(home, directory, true, 1, 2, null, 0, 0, null, Map.of());
    }

    public LocalFleetOptions withOrchestrators(int number) {
        return new LocalFleetOptions(
                home, directory, fresh, number, workers, slots, httpPort, kafkaPort, agents, properties);
    }

    public LocalFleetOptions withWorkers(int number) {
        return new LocalFleetOptions(
                home, directory, fresh, orchestrators, number, slots, httpPort, kafkaPort, agents, properties);
    }

    public LocalFleetOptions withSlots(int number) {
        return new LocalFleetOptions(
                home, directory, fresh, orchestrators, workers, number, httpPort, kafkaPort, agents, properties);
    }

    public LocalFleetOptions withProperties(Map<String, String> added) {
        return new LocalFleetOptions(
                home, directory, fresh, orchestrators, workers, slots, httpPort, kafkaPort, agents, added);
    }

    public LocalFleetOptions withAgents(Path jars) {
        return new LocalFleetOptions(
                home, directory, fresh, orchestrators, workers, slots, httpPort, kafkaPort, jars, properties);
    }
}
