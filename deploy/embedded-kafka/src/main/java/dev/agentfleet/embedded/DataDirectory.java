package dev.agentfleet.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A formatted directory that belongs to one broker until closed. The lock is our own: a combined node opens the metadata
 * log before Kafka takes its own directory lock, so a second node would write to it first and fail second.
 */
final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static DataDirectory open(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            var opened = new DataDirectory(path, lock(path));
            opened.formatIfNew();
            return opened;
        } catch (IOException e) {
            throw invalid(path, "must be a directory this user can write to (" + e + ")");
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the lock of " + path, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var file = FileChannel.open(path.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            file.close();
            throw invalid(path, "must not be in use by another broker");
        }
        return file;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void formatIfNew() throws IOException {
        if (Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .addDirectory(path.toString())
                    .setMetadataLogDirectory(path.toString())
                    .run();
        } catch (Exception e) {
            close();
            throw new IOException("cannot format", e);
        }
    }

    private static InvalidOptionException invalid(Path path, String rule) {
        return new InvalidOptionException(InvalidOptionException.DATA, path, rule);
    }
}
