package dev.agentfleet.worker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.worker.config.SandboxLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The sandboxes of one test, one at a time; after it, nothing may be left of any: no process and no directory. */
final class Sandboxes implements BeforeEachCallback, AfterEachCallback {

    static final Duration SOON = Duration.ofSeconds(20);

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final String sleeper = "86" + ProcessHandle.current().pid() + "." + System.nanoTime() % 1_000_000;
    private Path directory = Path.of("");
    private @Nullable Programs programs;

    /** Programs of other users find what is theirs below it. */
    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory(TEMPORARY, "sandbox");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (programs != null) {
            programs.close();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(sleepers()).isEmpty());
        try (var left = Files.list(base())) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("register");
        }
        try (var parent = SecureDirectories.open(TEMPORARY)) {
            DirectoryRemoval.remove(parent, directory.getFileName());
        }
    }

    Programs at(SandboxLevel level) {
        return at(level, Map.of());
    }

    Programs at(SandboxLevel level, Map<String, String> more) {
        if (programs != null) {
            programs.close();
        }
        programs = new Programs(level, base(), more);
        return programs;
    }

    Path directory() {
        return directory;
    }

    /** Where the directories of programs are made. */
    Path base() {
        return directory.resolve("base");
    }

    /** A time to sleep, by which the processes of this test are known. */
    String sleeper() {
        return sleeper;
    }

    /** Those that live. */
    List<String> sleepers() throws IOException {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var found = new ArrayList<String>();
            for (Path process : processes) {
                String line = commandLine(process);
                if (line.startsWith("sleep\0" + sleeper) || line.startsWith("/bin/sleep\0" + sleeper)) {
                    found.add(process.getFileName().toString());
                }
            }
            return found;
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
