package dev.agentfleet.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged orchestrator with what it must not start with. It needs no broker to refuse. */
class RefusedStartIT {

    @TempDir
    private Path directory;

    @Test
    void endsBeforeItsPortIsOpenWhereItWouldLetInEverybody() throws Exception {
        assertThat(refused(Map.of("quarkus.http.host", "0.0.0.0")))
                .contains("cannot start: quarkus.http.host is 0.0.0.0", "fleet.orchestrator.auth.anonymous=true");
    }

    @Test
    void endsBeforeItsPortIsOpenWhereASettingIsWrongThatIsNeededLater() throws Exception {
        assertThat(refused(
                        Map.of("quarkus.http.host", "127.0.0.1", "fleet.orchestrator.scaling.slots-per-worker", "0")))
                .contains("cannot start: fleet.orchestrator.scaling.slots-per-worker: '0' must be at least 1");
    }

    /** What it says before it ends with code 2, without having listened. */
    private String refused(Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", "127.0.0.1:1");
        all.put("quarkus.http.port", "0");
        try (var orchestrator = PackagedOrchestrator.start(directory, all)) {
            assertThat(orchestrator.awaitEnd()).isEqualTo(2);
            String said = String.join("\n", orchestrator.lines());
            assertThat(said).doesNotContain("Listening on");
            return said;
        }
    }
}
