package dev.agentfleet.worker.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A file that a program is to leave behind.
 *
 * @param path in its directory
 * @param maxBytes how large it may be; absent: 65,536
 */
public record OutputFile(String path, @Nullable Integer maxBytes) {

    private static final int DEFAULT_MAX = 65_536;
    private static final int MOST = 131_072;

    public OutputFile {
        RelativeName.of("outputs: path", path);
        if (maxBytes != null && (maxBytes < 0 || maxBytes > MOST)) {
            throw new IllegalArgumentException("outputs: maxBytes must be from 0 to " + MOST);
        }
    }

    int cap() {
        return maxBytes == null ? DEFAULT_MAX : maxBytes;
    }
}
