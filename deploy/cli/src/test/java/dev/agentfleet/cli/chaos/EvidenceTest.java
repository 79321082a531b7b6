package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.chaos.check.Invariant;
import dev.agentfleet.cli.chaos.check.Verdict;
import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.history.Position;
import dev.agentfleet.cli.chaos.history.Records;
import dev.agentfleet.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {

    private static final String HALF = "half of a character: \ud800";

    private static final byte[] NONE = {};

    @Test
    void keepsWhatHasNoBytesOfItsOwn(@TempDir Path directory) throws Exception {
        var poison = new Poison(HALF, new Position("fleet.requests", 0, 0), NONE, NONE, Map.of());
        var history = new History(
                List.of(),
                new Records(List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(poison),
                List.of(),
                List.of(),
                new Aftermath(Set.of(), Map.of(), List.of(), "Stable", List.of(), null, null));
        var options = new ChaosOptions(
                7, Duration.ZERO, List.of(), 1, 1, Duration.ZERO, Duration.ZERO, 0, directory, Map.of());

        Path kept = Evidence.keep(options, history, List.of(new Verdict(Invariant.I6, 1, 1, List.of(HALF))));

        String line = Files.readString(kept.resolve("poison.ndjson"));
        assertThat(Json.mapper().readTree(line).get("made").textValue()).isEqualTo(HALF);
        assertThat(Json.mapper()
                        .readTree(kept.resolve("verdicts.json").toFile())
                        .at("/0/violations/0")
                        .textValue())
                .isEqualTo(HALF);
    }
}
