package dev.agentfleet.cli.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line of each child. What the options set wins over what is set here. */
final class ChildCommands {
    private static final String BROKER_HEAP = "512m";
    private static final String ORCHESTRATOR_HEAP = "768m";
    private static final String WORKER_HEAP = "384m";

    private final LocalFleetOptions options;
    private final FleetDirectory directory;

    ChildCommands(LocalFleetOptions options, FleetDirectory directory) {
        this.options = options;
        this.directory = directory;
    }

    List<String> broker(int port) {
        return JavaCommand.jar(
                options.home().broker(),
                BROKER_HEAP,
                List.of(
                        "--data",
                        directory.kafka().toString(),
                        "--port",
                        Integer.toString(port),
                        "--exit-with-parent"));
    }

    /** One that is alone is expected back after its end; of several, the others take its place, and know its address. */
    List<String> orchestrator(String name, String bootstrapServers, int port) throws IOException {
        var properties = service(bootstrapServers, port);
        properties.put(
                "fleet.orchestrator.state-dir", directory.orchestrator(name).toString());
        if (options.orchestrators() == 1) {
            properties.put("fleet.orchestrator.instance-id", "local");
        } else {
            properties.put("fleet.orchestrator.advertised-url", "http://" + Ports.HOST + ":" + port);
        }
        properties.putAll(options.properties());
        return JavaCommand.endingWithThisProcess(
                options.home().orchestrator(), options.home().childMain(), ORCHESTRATOR_HEAP, properties);
    }

    /** @param own properties of this worker alone; they win over those of all */
    List<String> worker(Path jar, String bootstrapServers, Map<String, String> own) throws IOException {
        var properties = service(bootstrapServers, 0);
        properties.put("fleet.agents.command.enabled", "true");
        properties.put("fleet.agents.test.enabled", "true");
        properties.put("fleet.worker.sandbox.level", "none");
        properties.put("fleet.worker.drain-budget", "5s");
        if (options.slots() != null) {
            properties.put("fleet.worker.slots", options.slots().toString());
        }
        properties.putAll(options.properties());
        properties.putAll(own);
        return JavaCommand.endingWithThisProcess(jar, options.home().childMain(), WORKER_HEAP, properties);
    }

    private static Map<String, String> service(String bootstrapServers, int port) {
        var properties = new HashMap<String, String>();
        properties.put("kafka.bootstrap.servers", bootstrapServers);
        properties.put("quarkus.http.host", Ports.HOST);
        properties.put("quarkus.http.port", Integer.toString(port));
        return properties;
    }
}
