package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.EnumSet;

/**
 * Removes a directory with all that is in it, and nothing else: links are removed and never followed. What lies deeper is
 * first moved up, so that however deep it is, three directories are open at a time.
 */
final class DirectoryRemoval {

    private static final EnumSet<PosixFilePermission> OWNERS_ALL = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final SecureDirectoryStream<Path> parent;
    private final Path name;
    private final ArrayDeque<Path> left = new ArrayDeque<>();
    private int moved;

    private DirectoryRemoval(SecureDirectoryStream<Path> parent, Path name) {
        this.parent = parent;
        this.name = name;
        left.add(name);
    }

    /** @param name of the directory in its parent; nothing is done when it is not there */
    static void remove(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            SecureDirectories.attributes(parent, name);
        } catch (NoSuchFileException e) {
            return;
        }
        new DirectoryRemoval(parent, name).run();
    }

    private void run() throws IOException {
        while (!left.isEmpty()) {
            Path next = left.remove();
            if (SecureDirectories.attributes(parent, next).isDirectory()) {
                empty(next);
                parent.deleteDirectory(next);
            } else {
                parent.deleteFile(next);
            }
        }
    }

    private void empty(Path directory) throws IOException {
        makeMine(parent, directory);
        try (var entries = parent.newDirectoryStream(directory, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : entries) {
                Path file = entry.getFileName();
                if (SecureDirectories.attributes(entries, file).isDirectory()) {
                    // To be moved, it must be writable itself.
                    makeMine(entries, file);
                    Path place = Path.of(name + "." + moved++);
                    entries.move(file, parent, place);
                    left.add(place);
                } else {
                    entries.deleteFile(file);
                }
            }
        }
    }

    /** The caller has seen that it is a directory. */
    private static void makeMine(SecureDirectoryStream<Path> at, Path directory) throws IOException {
        try {
            at.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(OWNERS_ALL);
        } catch (AccessDeniedException e) {
            // That way opens it first, which its owner may have forbidden himself.
            at.getFileAttributeView(directory, PosixFileAttributeView.class).setPermissions(OWNERS_ALL);
        }
    }
}
