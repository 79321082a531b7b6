package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.worker.config.SandboxConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the programs of this worker get at most.
 *
 * @param cpuTime of the processor, by each process
 * @param processes processes and threads at once
 * @param openFiles files that one process has open
 * @param fileSize bytes of one file
 * @param disk bytes in a working directory
 */
record WorkerLimits(Duration cpuTime, int processes, int openFiles, long fileSize, long disk) {

    static WorkerLimits of(SandboxConfig.Limits config) {
        return new WorkerLimits(
                config.cpuTime(), config.processes(), config.openFiles(), config.fileSize(), config.disk());
    }

    /** With what a program asks for, which must not be more. */
    WorkerLimits loweredTo(Limits asked) {
        return new WorkerLimits(
                lower("cpuTime", asked.cpuTime(), cpuTime),
                lower("processes", asked.processes(), processes),
                lower("openFiles", asked.openFiles(), openFiles),
                lower("fileSize", asked.fileSize(), fileSize),
                lower("disk", asked.disk(), disk));
    }

    private static <T extends Comparable<T>> T lower(String field, @Nullable T asked, T most) {
        if (asked == null) {
            return most;
        }
        if (asked.compareTo(most) > 0) {
            throw AgentFailureException.permanent(
                    FailureCode.INVALID_INPUT,
                    "limits." + field + ": " + asked + " must be at most " + most + ", what this worker gives");
        }
        return asked;
    }
}
