package dev.agentfleet.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keeps {@code design/metrics.md} equal to the enum. Run with {@code -Dgolden.write=true} to write it anew. */
class MetricsReferenceTest {

    private static final Path FILE = Path.of("../design/metrics.md");

    @Test
    void theFileSaysWhatTheEnumSays() throws IOException {
        String rendered = MetricsReference.render();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, rendered);
        }

        assertThat(Files.readString(FILE))
                .as("design/metrics.md is generated; to write it anew: " + MetricsReference.REWRITE)
                .isEqualToNormalizingNewlines(rendered);
    }

    @Test
    void noTagHoldsAnId() {
        assertThat(FleetMetric.values())
                .flatExtracting(FleetMetric::tags)
                .isNotEmpty()
                .noneMatch(
                        tag -> tag.toString().toLowerCase(java.util.Locale.ROOT).matches(".*(id|run|task|worker)$"));
    }

    @Test
    void namesAreUniqueAndInWords() {
        var names = Arrays.stream(FleetMetric.values())
                .map(FleetMetric::prometheusName)
                .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("fleet(_[a-z]+)+"));
    }
}
