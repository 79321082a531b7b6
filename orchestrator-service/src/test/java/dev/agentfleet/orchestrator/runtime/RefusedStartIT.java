package dev.agentfleet.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged orchestrator, told to listen to others. It needs no broker to refuse. */
class RefusedStartIT {

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void endsWithCodeTwoBeforeItsPortIsOpen(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        Process orchestrator = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dkafka.bootstrap.servers=127.0.0.1:1",
                        "-Dquarkus.http.host=0.0.0.0",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        JAR.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(orchestrator.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            orchestrator.destroyForcibly();
        }

        assertThat(orchestrator.exitValue()).isEqualTo(2);
        assertThat(Files.readString(log))
                .contains("cannot start: quarkus.http.host is 0.0.0.0", "fleet.orchestrator.auth.anonymous=true")
                .doesNotContain("Listening on");
    }
}
