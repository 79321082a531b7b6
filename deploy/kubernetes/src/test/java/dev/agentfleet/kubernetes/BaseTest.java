package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The rendered chart for those who use Kustomize alone. To render it anew:
 * {@code mvn -pl deploy/kubernetes -am test -Dtest=BaseTest -Dtest.args=-Dgolden.write=true}.
 */
class BaseTest {
    private static final Path VALUES = Path.of("base", "values.yaml").toAbsolutePath();
    private static final Path RENDERED = Path.of("base", "fleet.yaml");

    @Test
    void isWhatTheChartRenders() throws Exception {
        String rendered = Chart.render(VALUES);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(RENDERED, rendered);
        }
        assertThat(Files.readString(RENDERED)).isEqualTo(rendered);
    }

    @Test
    void aKustomizationNamesIt() throws Exception {
        assertThat(Files.readString(Path.of("base", "kustomization.yaml")))
                .contains("resources: [fleet.yaml]")
                .contains("namespace: " + Chart.NAMESPACE);
    }
}
