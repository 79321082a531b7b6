package dev.agentfleet.orchestrator.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Distrusts local state that no clean stop left behind: a crash can keep writes of an aborted transaction in it
 * (KAFKA-20685). A marker says that the process stopped cleanly; without it the stores are deleted before the start and
 * rebuilt from their changelogs. What else lies in the folder, such as the process's identity, stays.
 */
final class UncleanState {

    private static final Pattern STREAM_TASK = Pattern.compile("\\d+_\\d+");

    private final Path folder;
    private final Path marker;

    UncleanState(Path stateDir, String applicationId) {
        this.folder = stateDir.resolve(applicationId);
        this.marker = stateDir.resolve("stopped-cleanly");
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
