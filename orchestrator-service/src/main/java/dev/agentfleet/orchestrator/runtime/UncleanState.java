package dev.agentfleet.orchestrator.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Distrusts local state that no clean stop left behind: a crash can keep writes of an aborted transaction in it
 * (KAFKA-20685). A marker says that the process stopped cleanly; without it the stores are deleted before the start and
 * rebuilt from their changelogs. What else lies in the folder, such as the process's identity, stays. The folder belongs to
 * one process at a time, since a second one would take the first one's stores for what a crash left; the system frees it
 * when that process ends, however.
 */
final class UncleanState {

    private static final Pattern STREAM_TASK = Pattern.compile("\\d+_\\d+");

    private final Path stateDir;
    private final Path folder;
    private final Path marker;
    private @Nullable FileChannel held;

    UncleanState(Path stateDir, String applicationId) {
        this.stateDir = stateDir;
        this.folder = stateDir.resolve(applicationId);
        this.marker = stateDir.resolve("stopped-cleanly");
    }

    /**
     * Call before anything else here; once more changes nothing.
     *
     * @throws IllegalStateException when another process holds the folder
     */
    synchronized void hold() {
        if (held != null) {
            return;
        }
        try {
            Files.createDirectories(stateDir);
            FileChannel file =
                    FileChannel.open(stateDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new IllegalStateException("fleet.orchestrator.state-dir: '" + stateDir
                        + "' is in use by another process; each orchestrator needs a folder of its own");
            }
            held = file;
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.orchestrator.state-dir: '" + stateDir + "' cannot be used", e);
        }
    }

    /** Lets others have the folder. */
    synchronized void release() {
        try {
            if (held != null) {
                held.close();
                held = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Call before the start. Returns whether state was deleted. */
    boolean discardUnlessClean() {
        try {
            if (Files.deleteIfExists(marker) || !Files.isDirectory(folder)) {
                return false;
            }
            List<Path> stores;
            try (Stream<Path> entries = Files.list(folder)) {
                stores = entries.filter(entry -> STREAM_TASK
                                .matcher(entry.getFileName().toString())
                                .matches())
                        .toList();
            }
            for (Path store : stores) {
                delete(store);
            }
            return !stores.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.orchestrator.state-dir: " + folder + " cannot be cleaned", e);
        }
    }

    /** Call after a stop in which every store was closed. */
    void markClean() {
        try {
            Files.createDirectories(marker.getParent());
            Files.writeString(marker, "");
        } catch (IOException e) {
            throw new UncheckedIOException("fleet.orchestrator.state-dir: cannot write " + marker, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
