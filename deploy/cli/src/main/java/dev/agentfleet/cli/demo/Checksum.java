package dev.agentfleet.cli.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The tool that prints SHA-256 sums on this system. */
final class Checksum {
    private Checksum() {}

    static String tool() {
        return onPath("sha256sum") ? "sha256sum" : "shasum -a 256";
    }

    private static boolean onPath(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
