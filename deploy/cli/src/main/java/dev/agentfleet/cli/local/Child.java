package dev.agentfleet.cli.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One process of the local fleet. Thread-safe. */
public final class Child {
    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final Role role;
    private final String name;
    private final Process process;
    private final LogFile log;
    private volatile boolean meantToEnd;

    private Child(Role role, String name, Process process, LogFile log) {
        this.role = role;
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param environment variables beside those of this process */
    static Child start(
            Role role, String name, List<String> command, Map<String, String> environment, Path directory, LogFile log)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.path().toFile());
        UnicodeNames.in(builder.environment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Child(role, name, process, log);
    }

    public Role role() {
        return role;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log.path();
    }

    public List<String> lastLines(int number) {
        return log.lastLines(number);
    }

    /** The exit code, as a shell would show it; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** {@code exit 1}, {@code killed}. */
    public String ending() {
        if (process.isAlive()) {
            return "runs";
        }
        int code = process.exitValue();
        return switch (code - SIGNALLED) {
            case SIGKILL -> "was killed (SIGKILL)";
            case SIGTERM -> "was stopped (SIGTERM)";
            default -> "ended with exit code " + code;
        };
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** The first group of the first match near the beginning of its log. */
    public Optional<String> find(Pattern pattern) {
        return log.find(pattern);
    }

    /** Calls back once if the process ends and nobody here meant it to. */
    void onDeath(Consumer<Child> listener) {
        var _ = process.onExit().thenRun(() -> {
            if (!meantToEnd) {
                listener.accept(this);
            }
        });
    }

    void signal(Signal signal) throws IOException, InterruptedException {
        signal.send(process.pid());
    }

    void askToStop() {
        meantToEnd = true;
        process.destroy();
    }

    /** kill -9, as if from outside: its death is reported. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for the end that was asked for; SIGKILL after the bound. Says whether it ended by itself. */
    boolean awaitEnd(Duration bound) throws InterruptedException {
        boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            kill();
        }
        return ended;
    }
}
