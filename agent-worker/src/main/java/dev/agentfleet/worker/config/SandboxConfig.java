package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where and how the programs of tasks run; of no account while no agent of this worker may run any. */
@ConfigMapping(prefix = "fleet.worker.sandbox")
public interface SandboxConfig {

    /** A worker whose machine does not allow it does not start. */
    @WithDefault("bwrap")
    SandboxLevel level();

    /** Where directories of programs are made. Absent: {@code agent-fleet-<uid>} in the system's directory for temporary files. */
    Optional<Path> directory();

    /** Where the {@code inputDirectory} of a task is looked for. Absent: tasks may name none. */
    Optional<Path> inputRoot();

    /** Whether a task may ask for the network of this machine. */
    @WithDefault("false")
    boolean network();

    /** What programs see, read-only, besides {@code /usr} and what belongs to it. */
    Optional<List<Path>> readOnly();

    /** The id of the user and group that programs get when the worker itself is root. */
    @WithDefault("65534")
    int user();

    /** What programs get unless their task asks for less; none may have more. */
    Limits limits();

    /** What one program and all it starts may use. */
    interface Limits {

        /** Of the processor, by each process. */
        @WithDefault("PT1H")
        Duration cpuTime();

        /** Processes and threads at once. */
        @WithDefault("256")
        int processes();

        /** Files that one process has open. */
        @WithDefault("1024")
        int openFiles();

        /** Bytes of one file. */
        @WithDefault("67108864")
        long fileSize();

        /** Bytes in its working directory, and as many in each of {@code /tmp} and {@code /dev/shm}; they are kept in memory. */
        @WithDefault("67108864")
        long disk();
    }
}
