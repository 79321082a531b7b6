package dev.agentfleet.cli;

import dev.agentfleet.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged command line as a process of its own. */
final class FleetProcess implements AutoCloseable {
    private static final Path HOME =
            Path.of(System.getProperty("fleet.home", "../..")).toAbsolutePath().normalize();

    private final Process process;
    private final Path output;

    private FleetProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static FleetProcess start(Path output, String... arguments) throws IOException {
        var command = new ArrayList<>(listeningToCtrlC());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfleet.home=" + HOME,
                "-jar",
                HOME.resolve("deploy/cli/target/agent-fleet-cli.jar").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        return new FleetProcess(process, output);
    }

    /** A shell starts background jobs deaf to Ctrl-C, and every process below inherits that, the tests too. */
    private static List<String> listeningToCtrlC() throws IOException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        var probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            Process process =
                    new ProcessBuilder(probe).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process.waitFor() == 0 ? prefix : List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    Process process() {
        return process;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    int awaitExit(Duration bound) throws Exception {
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + bound + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Process ids of the children of the fleet in this directory, by its state file. */
    static List<Long> children(Path directory) throws IOException {
        var ids = new ArrayList<Long>();
        Json.mapper()
                .readTree(directory.resolve("fleet.json").toFile())
                .path("processes")
                .forEach(child -> ids.add(child.path("pid").asLong()));
        return ids;
    }

    static long child(Path directory, String name) throws IOException {
        for (var child :
                Json.mapper().readTree(directory.resolve("fleet.json").toFile()).path("processes")) {
            if (child.path("name").asText().equals(name)) {
                return child.path("pid").asLong();
            }
        }
        throw new AssertionError("no child " + name);
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
