package dev.agentfleet.worker.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that has been started, until nothing of it is left. */
public final class RunningProgram implements AutoCloseable {

    /** After the whole tree has ended nobody can write any more. */
    private static final long OUTPUT_PATIENCE_MILLIS = 1_000;

    private final Process process;
    private final Runnable end;
    private final WorkDirectory directory;
    private final long startedAt = System.nanoTime();
    private final CappedOutput stdout;
    private final CappedOutput stderr;
    private @Nullable Ended ended;

    /** @param end kills all of it, and returns when that is done */
    RunningProgram(Process process, Runnable end, WorkDirectory directory, CappedOutput stdout, CappedOutput stderr) {
        this.process = process;
        this.end = end;
        this.directory = directory;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Whether it ended by itself in time. */
    public boolean await(@Nullable Duration timeout) throws InterruptedException {
        if (timeout == null) {
            process.waitFor();
            return true;
        }
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all of it; may be called at any time from any thread. */
    public void kill() {
        end.run();
    }

    /**
     * The files it was to leave behind, by path. Only after its end.
     *
     * @param mayLack whether one that is not there is left out, instead of a failure
     */
    public Map<String, FileContent> outputs(List<OutputFile> declared, boolean mayLack) {
        kill();
        return new OutputFiles(directory.contents()).collect(declared, mayLack);
    }

    /** Only after its end. */
    public int exitCode() throws InterruptedException {
        finish();
        return process.exitValue();
    }

    /**
     * Only after its end.
     *
     * @param jsonBytes how long each of stdout and stderr may be as JSON
     */
    public ProgramResult result(int jsonBytes) throws InterruptedException {
        var ended = finish();
        return new ProgramResult(
                process.exitValue(),
                stdout.text(jsonBytes),
                stderr.text(jsonBytes),
                stdout.truncated(jsonBytes) || !ended.outComplete(),
                stderr.truncated(jsonBytes) || !ended.errComplete(),
                ended.after());
    }

    /** The end of what it said on stderr, at most 4,096 characters. */
    public String lastWords(int characters) {
        return stderr.end(characters);
    }

    /** Likewise on stdout. */
    public String endOfStdout(int characters) {
        return stdout.end(characters);
    }

    /**
     * How it was when all of it had ended.
     *
     * @param after how long it ran
     * @param outComplete whether stdout was read to its end
     * @param errComplete likewise
     */
    private record Ended(Duration after, boolean outComplete, boolean errComplete) {}

    private Ended finish() throws InterruptedException {
        if (ended == null) {
            var after = Duration.ofNanos(System.nanoTime() - startedAt);
            // What it left behind holds its pipes open.
            kill();
            ended = new Ended(after, stdout.await(OUTPUT_PATIENCE_MILLIS), stderr.await(OUTPUT_PATIENCE_MILLIS));
        }
        return ended;
    }

    @Override
    public void close() {
        try {
            kill();
        } finally {
            directory.close();
        }
    }
}
