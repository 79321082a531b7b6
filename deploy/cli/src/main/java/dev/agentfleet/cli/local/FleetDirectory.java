package dev.agentfleet.cli.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one local fleet, held by one process at a time; the system frees it when that process ends, however. */
final class FleetDirectory implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lockFile;

    private FleetDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static FleetDirectory hold(Path path) throws IOException {
        Files.createDirectories(path);
        var file = FileChannel.open(
                path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            String holder = Files.readString(path.resolve(LOCK)).strip();
            file.close();
            throw new LocalFleetException("a fleet is up already in " + path + " (pid " + holder
                    + "): use it, stop it with Ctrl-C or kill " + holder + ", or name another directory with --dir");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new FleetDirectory(path, file);
    }

    Path path() {
        return path;
    }

    Path logs() throws IOException {
        return Files.createDirectories(path.resolve("logs"));
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    /** State of the orchestrator of that name. */
    Path orchestrator(String name) {
        return path.resolve(name);
    }

    /** Where a worker with agents of other authors is built. */
    Path worker() {
        return path.resolve("worker");
    }

    /** Deletes everything a former fleet left here. */
    void clear() throws IOException {
        for (Path part : List.of(path.resolve("logs"), kafka(), worker())) {
            DeletedTree.delete(part);
        }
        for (Path state : orchestrators()) {
            DeletedTree.delete(state);
        }
        FleetState.delete(path);
    }

    private List<Path> orchestrators() throws IOException {
        try (Stream<Path> parts = Files.list(path)) {
            return parts.filter(part -> part.getFileName().toString().startsWith(LocalFleet.ORCHESTRATOR))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
