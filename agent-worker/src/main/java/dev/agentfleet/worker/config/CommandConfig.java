package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The agent {@code command}. */
@ConfigMapping(prefix = "fleet.agents.command")
public interface CommandConfig {

    /** Whether tasks may run programs on this machine, in the sandbox that {@code fleet.worker.sandbox} describes. */
    @WithDefault("false")
    boolean enabled();

    /** Bytes kept of each of stdout and stderr; what a program writes beyond is read and thrown away. */
    @WithDefault("65536")
    int maxOutput();

    /** Without a sandbox: where working directories must lie; a task's {@code directory} is resolved against it. Absent: anywhere. */
    Optional<Path> root();
}
