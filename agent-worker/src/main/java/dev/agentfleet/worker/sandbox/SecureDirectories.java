package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/** Directories that are held open, so that whatever happens to their names, what is done to them is done to no other. */
final class SecureDirectories {

    private SecureDirectories() {}

    /** Fails where the system has no such thing. */
    static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("This system cannot hold directories open");
    }

    /** Whether this system has them. */
    static boolean supported() {
        try (var stream = Files.newDirectoryStream(Path.of("/"))) {
            return stream instanceof SecureDirectoryStream<Path>;
        } catch (IOException e) {
            return false;
        }
    }

    static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }
}
