package dev.agentfleet.worker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Numbers of users, as the system has them. */
final class UserIds {

    static final int ROOT = 0;

    private UserIds() {}

    /** Of this process. */
    static int own() throws IOException {
        Path mine = Files.createTempFile("agent-fleet", null);
        try {
            return of(mine);
        } finally {
            Files.delete(mine);
        }
    }

    /** Of a file's owner. */
    static int of(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives a file to a user and the group of the same number. */
    static void give(Path file, int user) throws IOException {
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
    }
}
