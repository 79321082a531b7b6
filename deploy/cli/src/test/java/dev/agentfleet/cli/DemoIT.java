package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Duration BOUND = Duration.ofMinutes(7);

    @TempDir
    Path directory;

    @Test
    void countsWhatIsThereAndStopsEverything() throws Exception {
        Path files = directory.resolve("files");
        Files.createDirectories(files.resolve("sub dir"));
        for (int i = 0; i < 40; i++) {
            Files.writeString(files.resolve("file " + i + ".txt"), "number " + i + "\nhas two lines\n");
        }
        Files.writeString(files.resolve("sub dir/it's\n\"odd\""), "no end of line");

        try (var demo = FleetProcess.start(
                directory.resolve("output"),
                "demo",
                files.toString(),
                "--dir",
                directory.resolve("fleet").toString())) {
            int code = demo.awaitExit(BOUND);

            assertThat(code).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("checksum of all: " + checksum(files))
                    .containsPattern("TOTAL +41 +80 +204 +" + bytes(files) + "\n")
                    .doesNotContain("\033", "DIED", "KILLED");
            assertThat(directory.resolve("fleet/fleet.json")).doesNotExist();
        }
        var left = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(directory.resolve("fleet").toString()));
        assertThat(left).isEmpty();
    }

    private static long bytes(Path root) throws Exception {
        long bytes = 0;
        for (Path file : files(root)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static String checksum(Path root) throws Exception {
        var lines = new ArrayList<String>();
        for (Path file : files(root)) {
            lines.add(sha256(Files.readAllBytes(file)) + "  -\n");
        }
        lines.sort(null);
        return sha256(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static List<Path> files(Path root) throws Exception {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
