package dev.agentfleet.worker.agents.command;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a command runs: below the configured root, if there is one, links followed. */
final class WorkingDirectory {

    private WorkingDirectory() {}

    static Path find(@Nullable String asked, Optional<Path> root) {
        Path base = root.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        try {
            Path directory = asked == null ? base : base.resolve(asked);
            if (!Files.isDirectory(directory)) {
                throw refused("must be a directory that exists on the worker");
            }
            Path real = directory.toRealPath();
            if (root.isPresent() && !real.startsWith(base.toRealPath())) {
                throw refused("must lie below fleet.agents.command.root");
            }
            return real;
        } catch (InvalidPathException | IOException e) {
            throw refused("must be a directory the worker can use").causedBy(e);
        }
    }

    private static AgentFailureException refused(String rule) {
        return AgentFailureException.permanent(FailureCode.INVALID_INPUT, "field 'directory' " + rule);
    }
}
