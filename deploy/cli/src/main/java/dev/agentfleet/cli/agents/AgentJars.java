package dev.agentfleet.cli.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of agents: jars that each hold at least one agent, and in {@code lib} the jars they need.
 *
 * @param all what a worker gets, libraries included
 */
public record AgentJars(List<Path> all) {

    private static final String LIBRARIES = "lib";

    public AgentJars {
        all = List.copyOf(all);
    }

    /** @throws InvalidAgentJarException says what is wrong with the directory or the first jar that will not do */
    public static AgentJars in(Path directory) throws IOException {
        List<Path> agents = jars(directory);
        if (agents.isEmpty()) {
            throw new InvalidAgentJarException("'" + directory + "' must be a directory with a jar of agents");
        }
        for (Path jar : agents) {
            AgentJar.read(jar).requireAgent();
        }
        var all = new ArrayList<>(agents);
        all.addAll(jars(directory.resolve(LIBRARIES)));
        return new AgentJars(all);
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
