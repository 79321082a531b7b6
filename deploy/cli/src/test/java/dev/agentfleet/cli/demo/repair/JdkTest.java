package dev.agentfleet.cli.demo.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {
    @TempDir
    Path directory;

    @Test
    void namesItsHomeAndThePartsThatLieElsewhere() throws Exception {
        Path root = directory.toRealPath();
        Path home = Files.createDirectories(root.resolve("jdk"));
        Path etc = Files.createDirectories(root.resolve("etc/java"));
        Files.createFile(etc.resolve("jvm.cfg"));
        Files.createDirectories(home.resolve("lib/security"));
        Files.createSymbolicLink(home.resolve("lib/jvm.cfg"), etc.resolve("jvm.cfg"));
        Files.createSymbolicLink(home.resolve("conf"), etc);
        Path link = Files.createSymbolicLink(root.resolve("current"), home);

        var jdk = Jdk.of(link);

        assertThat(jdk.directories()).containsExactly(etc, home);
        assertThat(jdk.java()).isEqualTo(home.resolve("bin/java"));
    }
}
