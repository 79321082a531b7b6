package dev.agentfleet.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where Linux gives large pages to those who ask for them, a JVM asks: on a virtual machine, which takes long for each page,
 * it gets new memory several times faster. See ADR 31.
 */
final class LargePages {
    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final String FOR_THE_ASKING = "[madvise]";

    private LargePages() {}

    /** Elsewhere a JVM does not know the flag, or warns that it does nothing. */
    static List<String> flags() {
        return flags(SETTING);
    }

    static List<String> flags(Path setting) {
        try {
            return Files.readString(setting).contains(FOR_THE_ASKING)
                    ? List.of("-XX:+UseTransparentHugePages")
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
