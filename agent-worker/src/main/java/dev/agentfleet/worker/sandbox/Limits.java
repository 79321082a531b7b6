package dev.agentfleet.worker.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a program may use. Absent: as much as the worker gives.
 *
 * @param cpuTime of the processor, by each of its processes; in whole seconds
 * @param processes processes and threads at once
 * @param openFiles files that one process has open
 * @param fileSize bytes of one file
 * @param disk bytes in its working directory
 */
public record Limits(
        @Nullable Duration cpuTime,
        @Nullable Integer processes,
        @Nullable Integer openFiles,
        @Nullable Long fileSize,
        @Nullable Long disk) {

    /** Nothing is asked for. */
    public static final Limits NONE = new Limits(null, null, null, null, null);

    private static final Duration LEAST_CPU_TIME = Duration.ofSeconds(1);
    private static final int LEAST_OPEN_FILES = 16;
    private static final int LEAST_DISK = 4096;

    public Limits {
        requireLeast("cpuTime", cpuTime, LEAST_CPU_TIME);
        requireLeast("processes", processes, 1);
        requireLeast("openFiles", openFiles, LEAST_OPEN_FILES);
        requireLeast("fileSize", fileSize, 0L);
        requireLeast("disk", disk, (long) LEAST_DISK);
    }

    private static <T extends Comparable<T>> void requireLeast(String field, @Nullable T value, T least) {
        if (value != null && value.compareTo(least) < 0) {
            throw new IllegalArgumentException("limits." + field + " must be at least " + least);
        }
    }
}
