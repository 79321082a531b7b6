package dev.agentfleet.cli.fleet;

import dev.agentfleet.cli.local.FleetHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Something under {@code deploy/examples}, run as a user runs it. */
final class Example {

    private static final long PATIENCE_MINUTES = 4;

    /** How it ended. */
    record Ended(int exitCode, String stdout, String stderr) {
        List<String> lines() {
            return stdout.lines().toList();
        }
    }

    /** Writes what the example reads. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    private final List<String> command;

    private Example(List<String> command) {
        this.command = command;
    }

    static Example script(String path, Object... arguments) {
        return new Example(with(List.of(file(path)), arguments));
    }

    static Example python(String path, Object... arguments) throws Exception {
        return new Example(with(List.of(interpreter(), file(path)), arguments));
    }

    static Example java(String jar, Object... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Example(with(List.of(java, "-jar", file(jar)), arguments));
    }

    /** Code as it stands in a document. */
    static Example pythonCode(String code) throws Exception {
        return new Example(List.of(interpreter(), "-c", code));
    }

    /** Commands as they stand in a document. */
    static Example shellCommands(String commands) {
        return new Example(List.of("sh", "-c", commands));
    }

    Ended run() throws Exception {
        return run(out -> {});
    }

    Ended run(Input input) throws Exception {
        Process process = new ProcessBuilder(command).start();
        var stdout = new Reading(process.getInputStream());
        var stderr = new Reading(process.getErrorStream());
        try (OutputStream out = process.getOutputStream()) {
            input.writeTo(out);
        } catch (IOException e) {
            // It stopped reading: its exit code and its words say why.
        }
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), stdout.text(), stderr.text());
    }

    private static final class Reading {
        private final Thread thread;
        private String text = "";

        Reading(InputStream in) {
            thread = Thread.ofVirtual().start(() -> {
                try (in) {
                    text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    text = e.toString();
                }
            });
        }

        String text() throws InterruptedException {
            thread.join();
            return text;
        }
    }

    private static String file(String path) {
        return FleetHome.current()
                .root()
                .resolve("deploy/examples")
                .resolve(path)
                .toString();
    }

    /** The first of the usual interpreters that has confluent-kafka: a distribution's package is there for its own only. */
    private static String interpreter() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (new Example(List.of(python, "-c", "import confluent_kafka"))
                            .run()
                            .exitCode()
                    == 0) {
                return python;
            }
        }
        throw new IllegalStateException("no python3 has confluent_kafka: apt-get install python3-confluent-kafka");
    }

    private static List<String> with(List<String> command, Object... arguments) {
        var all = new ArrayList<>(command);
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return all;
    }
}
