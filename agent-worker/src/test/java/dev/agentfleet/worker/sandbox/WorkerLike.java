package dev.agentfleet.worker.sandbox;

import dev.agentfleet.worker.config.SandboxLevel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process with a sandbox, as a worker is one: runs the script it is given and prints what that wrote. */
final class WorkerLike {

    private WorkerLike() {}

    public static void main(String[] args) throws InterruptedException {
        try (var programs = new Programs(SandboxLevel.valueOf(args[0]), Path.of(args[1]), Map.of())) {
            System.out.println(programs.run(args[2]).stdout());
        }
    }

    static Process start(SandboxLevel level, Path base, String script, Map<String, String> environment)
            throws IOException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerLike.class.getName(),
                level.name(),
                base.toString(),
                script));
        builder.environment().putAll(environment);
        return builder.redirectError(new File("/dev/null")).start();
    }
}
