package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that must name the version that the build makes, since nothing fills it in for them. */
class VersionTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>agent-fleet</artifactId>\\s*<version>([^<]+)</version>");

    @ParameterizedTest
    @CsvSource({
        "agent-fleet/Chart.yaml, appVersion: %s",
        "../compose/compose.yaml, agent-fleet/orchestrator:%s}",
        "../compose/compose.yaml, agent-fleet/worker:%s}",
        "../images/with-agents/Dockerfile, WORKER=agent-fleet/worker:%s",
        "../images/README.md, WORKER=agent-fleet/worker:%s"
    })
    void namesThisVersion(Path file, String text) throws IOException {
        var version = VERSION.matcher(Files.readString(Path.of("..", "..", "pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Files.readString(file)).contains(text.formatted(version.group(1)));
    }
}
