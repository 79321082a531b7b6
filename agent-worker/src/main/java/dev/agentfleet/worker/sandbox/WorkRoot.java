package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one worker, below the one that all workers of a machine share. A lock says which of them live: the
 * system takes it from a worker that dies, however it dies. What the dead left behind is removed by whoever starts next.
 */
final class WorkRoot implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WorkRoot.class);
    private static final String LOCK = ".lock";
    /** Held by who looks for the dead or joins the living. */
    private static final String REGISTER = "register";

    private final Path base;
    private final String owner;
    private final SecureDirectoryStream<Path> parent;
    private final FileChannel life;
    private final SecureDirectoryStream<Path> own;

    private WorkRoot(Path base, String owner, SecureDirectoryStream<Path> parent, FileChannel life) throws IOException {
        this.base = base;
        this.owner = owner;
        this.parent = parent;
        this.life = life;
        this.own = SecureDirectories.open(base.resolve(owner));
    }

    /**
     * Makes what is missing and removes what dead workers left.
     *
     * @param owner unique to this start of this worker
     */
    static WorkRoot open(Path base, String owner) throws IOException {
        make(base);
        if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS) || UserIds.of(base) != UserIds.own()) {
            throw new IOException("must be a directory of the worker's own user, and no link");
        }
        var parent = SecureDirectories.open(base);
        try (var register = channel(base.resolve(REGISTER));
                var _ = register.lock()) {
            sweep(base, parent);
            FileChannel life = channel(base.resolve(owner + LOCK));
            if (life.tryLock() == null) {
                throw new IOException("holds a worker of the same id already");
            }
            make(base.resolve(owner));
            return new WorkRoot(base, owner, parent, life);
        }
    }

    /** Who all this belongs to. */
    String owner() {
        return owner;
    }

    /** A new, empty directory that only this user can open. */
    OwnDirectory create() {
        Path name = Path.of(UUID.randomUUID().toString());
        Path directory = base.resolve(owner).resolve(name);
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new OwnDirectory(directory, () -> remove(own, name));
        } catch (IOException e) {
            throw new UncheckedIOException("The working directory could not be made", e);
        }
    }

    /**
     * One of them.
     *
     * @param path where it is
     * @param removal removes it
     */
    record OwnDirectory(Path path, Runnable removal) {

        void remove() {
            removal.run();
        }
    }

    @Override
    public void close() throws IOException {
        try (life;
                parent) {
            own.close();
            DirectoryRemoval.remove(parent, Path.of(owner));
            Files.deleteIfExists(base.resolve(owner + LOCK));
        }
    }

    private static void sweep(Path base, SecureDirectoryStream<Path> parent) throws IOException {
        var names = new ArrayList<String>();
        parent.forEach(entry -> names.add(entry.getFileName().toString()));
        for (String name : names) {
            if (name.endsWith(LOCK)) {
                String owner = name.substring(0, name.length() - LOCK.length());
                try (var channel = channel(base.resolve(name))) {
                    if (lock(channel) != null) {
                        LOG.infof("removing what worker %s left behind", owner);
                        ProcessTree.killAllOf(owner + '/');
                        removeAll(parent, names, owner);
                        Files.delete(base.resolve(name));
                    }
                }
            }
        }
    }

    /** Its directory, and what an unfinished removal of it has moved up. */
    private static void removeAll(SecureDirectoryStream<Path> parent, List<String> names, String owner)
            throws IOException {
        for (String name : names) {
            if (name.equals(owner) || name.startsWith(owner + '.') && !name.endsWith(LOCK)) {
                DirectoryRemoval.remove(parent, Path.of(name));
            }
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }

    private static void remove(SecureDirectoryStream<Path> parent, Path name) {
        try {
            DirectoryRemoval.remove(parent, name);
        } catch (IOException e) {
            LOG.warnf(e, "a working directory could not be removed; the next start of a worker tries again");
        }
    }

    /** Others may pass through it, to what is theirs, and cannot list it. */
    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (FileAlreadyExistsException e) {
            // It is looked at next.
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
