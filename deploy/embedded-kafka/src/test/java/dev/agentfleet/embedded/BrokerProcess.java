package dev.agentfleet.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged jar, started as its user would. */
final class BrokerProcess implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of(System.getProperty("embedded-kafka.jar"));

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private BrokerProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static BrokerProcess start(Path logs, String... arguments) throws IOException {
        return run(logs, command(arguments));
    }

    /** The broker is the child of a shell, which is the process this object stands for. */
    static BrokerProcess startBelowAShell(Path logs, String... arguments) throws IOException {
        var quoted = String.join("' '", command(arguments));
        return run(logs, List.of("/bin/sh", "-c", "'" + quoted + "' & wait"));
    }

    Process process() {
        return process;
    }

    String stdout() throws IOException {
        return Files.readString(stdout);
    }

    String stderr() throws IOException {
        return Files.readString(stderr);
    }

    /** Waits for the READY line and returns the address in it. */
    String awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(stdout()).as(stderr()).matches("READY bootstrap=127\\.0\\.0\\.1:\\d+\n"));
        try {
            return stdout().strip().substring("READY bootstrap=".length());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        var family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        family.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<>(
                List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static BrokerProcess run(Path logs, List<String> command) throws IOException {
        var stdout = Files.createTempFile(logs, "stdout", ".log");
        var stderr = Files.createTempFile(logs, "stderr", ".log");
        var process = new ProcessBuilder(command)
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        return new BrokerProcess(process, stdout, stderr);
    }
}
