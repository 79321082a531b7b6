package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunSpecFormTest {

    private final Run stored = stored();

    @Test
    void manyRunsInTurnsAreEachWrittenWithTheirOwnConstants() {
        for (int turn = 0; turn < 3; turn++) {
            for (int i = 0; i < 500; i++) {
                Run run = named("run-" + i);

                assertThat(StateJson.RUN.read(StateJson.RUN.write(run))).isEqualTo(run);
                assertThat(StateJson.RUN.read(StateJson.RUN.write(stored))).isEqualTo(stored);
            }
        }
    }

    private Run named(String id) {
        RunSpec of = stored.spec();
        RunSpec spec = new RunSpec(
                new RunId(id), of.contentHash(), of.agent(), of.pool(), of.options(), of.admittedAt(), of.trace());
        return new Run(
                spec,
                stored.redrive(),
                stored.intake(),
                stored.progress(),
                stored.heldUntil(),
                stored.slices(),
                stored.stop(),
                stored.completedAt(),
                stored.purge());
    }

    private static Run stored() {
        try {
            return StateJson.RUN.read(
                    Files.readAllBytes(Path.of("src/test/resources/golden/state/run-open-work.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
