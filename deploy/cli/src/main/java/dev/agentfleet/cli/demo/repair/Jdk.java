package dev.agentfleet.cli.demo.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The JDK that runs this program, as a sandbox must see it to run it too. */
public final class Jdk {
    /** What every sandbox sees. */
    private static final Path USR = Path.of("/usr");

    private static final List<String> OFTEN_ELSEWHERE = List.of("lib/jvm.cfg", "conf", "lib/security");

    private final Path home;

    private Jdk(Path home) {
        this.home = home;
    }

    public static Jdk running() throws IOException {
        return of(Path.of(System.getProperty("java.home")));
    }

    static Jdk of(Path home) throws IOException {
        return new Jdk(home.toRealPath());
    }

    Path java() {
        return home.resolve("bin/java");
    }

    /** The directories a sandbox must show besides {@code /usr}: distributions keep parts of a JDK in {@code /etc}. */
    public List<Path> directories() throws IOException {
        var directories = new TreeSet<Path>();
        directories.add(home);
        for (String name : OFTEN_ELSEWHERE) {
            Path part = home.resolve(name);
            if (Files.exists(part)) {
                Path real = part.toRealPath();
                directories.add(Files.isDirectory(real) ? real : real.getParent());
            }
        }
        return directories.stream()
                .filter(directory -> !directory.startsWith(USR))
                .filter(directory -> directory.equals(home) || !directory.startsWith(home))
                .toList();
    }
}
