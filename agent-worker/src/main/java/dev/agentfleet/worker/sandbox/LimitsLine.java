package dev.agentfleet.worker.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The beginning of a command line that sets limits for its rest, with util-linux's {@code prlimit}. */
final class LimitsLine {

    private LimitsLine() {}

    /** Every limit, and no core files. */
    static List<String> of(Path prlimit, WorkerLimits limits) {
        return List.of(
                prlimit.toString(),
                "--core=0",
                cpu(limits.cpuTime()),
                // The shell that waits for the program counts too.
                "--nproc=" + (limits.processes() + 1),
                "--nofile=" + limits.openFiles(),
                "--fsize=" + limits.fileSize(),
                "--");
    }

    /** Those that are asked for and can be had without a sandbox. */
    static List<String> of(Path prlimit, Limits limits) {
        var line = new ArrayList<String>();
        line.add(prlimit.toString());
        if (limits.cpuTime() != null) {
            line.add(cpu(limits.cpuTime()));
        }
        if (limits.openFiles() != null) {
            line.add("--nofile=" + limits.openFiles());
        }
        if (limits.fileSize() != null) {
            line.add("--fsize=" + limits.fileSize());
        }
        line.add("--");
        return line;
    }

    /** First the signal that says why, a second later the one that cannot be ignored. */
    private static String cpu(Duration time) {
        return "--cpu=" + time.toSeconds() + ':' + (time.toSeconds() + 1);
    }
}
