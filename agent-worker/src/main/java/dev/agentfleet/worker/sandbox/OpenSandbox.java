package dev.agentfleet.worker.sandbox;

import dev.agentfleet.worker.config.InvalidConfigurationException;
import dev.agentfleet.worker.config.SandboxConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox with its directories.
 *
 * @param sandbox what runs programs
 * @param root its directories; null where the system has no safe ones
 */
record OpenSandbox(Sandbox sandbox, @Nullable WorkRoot root) implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OpenSandbox.class);

    static OpenSandbox open(SandboxConfig config, String owner) {
        return switch (config.level()) {
            case NONE -> {
                var root = SecureDirectories.supported() ? root(config, owner) : null;
                yield new OpenSandbox(
                        new PlainSandbox(owner, root, config.limits().disk()), root);
            }
            case BWRAP -> {
                BwrapLine line = line(config);
                var root = root(config, owner);
                var limits = WorkerLimits.of(config.limits());
                yield new OpenSandbox(new BwrapSandbox(line, root, limits, config.network()), root);
            }
        };
    }

    @Override
    public void close() {
        try {
            if (root != null) {
                root.close();
            }
        } catch (IOException e) {
            LOG.warn("the directories of programs could not be removed; the next start of a worker tries again", e);
        }
    }

    private static BwrapLine line(SandboxConfig config) {
        return new BwrapLine(
                ownUser(config) == UserIds.ROOT ? tool("setpriv", "util-linux") : null,
                config.user(),
                tool("bwrap", "bubblewrap"),
                tool("prlimit", "util-linux"),
                config.readOnly().orElse(List.of()));
    }

    private static Path tool(String name, String ofPackage) {
        return Tools.find(name)
                .orElseThrow(() -> new InvalidConfigurationException(
                        List.of("fleet.worker.sandbox.level: 'bwrap' needs the program " + name + " of the package "
                                + ofPackage + "; 'none' runs programs with the rights of the worker")));
    }

    private static WorkRoot root(SandboxConfig config, String owner) {
        Path base = config.directory()
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "agent-fleet-" + ownUser(config)));
        try {
            return WorkRoot.open(base, owner);
        } catch (IOException e) {
            throw unusable(base, e);
        }
    }

    private static int ownUser(SandboxConfig config) {
        try {
            return UserIds.own();
        } catch (IOException e) {
            throw unusable(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private static InvalidConfigurationException unusable(Path directory, IOException e) {
        return new InvalidConfigurationException(
                List.of("fleet.worker.sandbox.directory: '" + directory + "' must be usable: " + e.getMessage()));
    }
}
