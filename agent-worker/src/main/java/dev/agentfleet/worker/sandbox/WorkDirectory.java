package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one program works. One of its own is held open since before the program started, so that it cannot
 * put another in its place.
 *
 * @param held what is in it; null for one that is not the program's own
 * @param removal what is left to be done at its end
 */
record WorkDirectory(@Nullable SecureDirectoryStream<Path> held, Runnable removal) implements AutoCloseable {

    /** One that stays as it is. */
    static final WorkDirectory EXISTING = new WorkDirectory(null, () -> {});

    static WorkDirectory hold(Path directory, Runnable removal) {
        try {
            return new WorkDirectory(SecureDirectories.open(directory), removal);
        } catch (IOException e) {
            throw AgentFailureException.retryable("COMMAND_NOT_STARTED", "The working directory could not be opened")
                    .causedBy(e);
        }
    }

    SecureDirectoryStream<Path> contents() {
        if (held == null) {
            throw new IllegalStateException("outputs: a directory that is not the program's own has none");
        }
        return held;
    }

    @Override
    public void close() {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            removal.run();
        }
    }
}
