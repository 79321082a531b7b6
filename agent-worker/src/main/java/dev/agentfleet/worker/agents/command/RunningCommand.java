package dev.agentfleet.worker.agents.command;

import dev.agentfleet.agent.AgentFailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process that has been started, until nothing of it is left. */
final class RunningCommand implements AutoCloseable {

    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** After the whole tree has ended nobody can write any more. */
    private static final long OUTPUT_PATIENCE_MILLIS = 1_000;

    private final Process process;
    private final ProcessTree tree;
    private final long startedAt = System.nanoTime();
    private final CappedOutput stdout;
    private final CappedOutput stderr;

    private RunningCommand(Process process, ProcessTree tree, int maxOutput) {
        this.process = process;
        this.tree = tree;
        this.stdout = new CappedOutput(process.getInputStream(), maxOutput);
        this.stderr = new CappedOutput(process.getErrorStream(), maxOutput);
    }

    static RunningCommand start(CommandInput input, CommandIds ids, Path directory, int maxOutput) {
        String mark = UUID.randomUUID().toString();
        var builder = new ProcessBuilder().directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        if (input.environment() != null) {
            environment.putAll(input.environment());
        }
        environment.putIfAbsent("PATH", DEFAULT_PATH);
        environment.putAll(ids.variables());
        environment.put(ProcessTree.MARK, mark);
        Path program = Program.find(input.argv().getFirst(), directory, String.valueOf(environment.get("PATH")));
        builder.command(commandLine(program, input.argv()));
        try {
            Process process = builder.start();
            var command = new RunningCommand(process, new ProcessTree(process.toHandle(), mark), maxOutput);
            command.feed(input.stdin());
            return command;
        } catch (IOException e) {
            throw AgentFailureException.retryable("COMMAND_NOT_STARTED", "The process could not be started")
                    .causedBy(e);
        }
    }

    /** Whether it ended by itself in time. */
    boolean await(@Nullable Duration timeout) throws InterruptedException {
        if (timeout == null) {
            process.waitFor();
            return true;
        }
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all of it; may be called at any time from any thread. */
    void kill() {
        tree.kill();
    }

    /** After its end. */
    CommandOutput output() throws InterruptedException {
        var duration = Duration.ofNanos(System.nanoTime() - startedAt);
        // What it left behind holds its pipes open.
        kill();
        boolean outComplete = stdout.await(OUTPUT_PATIENCE_MILLIS);
        boolean errComplete = stderr.await(OUTPUT_PATIENCE_MILLIS);
        return new CommandOutput(
                process.exitValue(),
                stdout.text(),
                stderr.text(),
                stdout.truncated() || !outComplete,
                stderr.truncated() || !errComplete,
                duration);
    }

    /** The end of what it said on stderr. */
    String lastWords(int characters) {
        return stderr.end(characters);
    }

    @Override
    public void close() {
        kill();
    }

    private static List<String> commandLine(Path program, List<String> argv) {
        var line = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            line.add(SETSID.toString());
        }
        line.add(program.toString());
        line.addAll(argv.subList(1, argv.size()));
        return line;
    }

    private void feed(@Nullable String stdin) {
        Thread.ofPlatform().name("command-input").daemon().start(() -> {
            try (var pipe = process.getOutputStream()) {
                if (stdin != null) {
                    pipe.write(stdin.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // It did not read to the end, which is its own business.
            }
        });
    }
}
