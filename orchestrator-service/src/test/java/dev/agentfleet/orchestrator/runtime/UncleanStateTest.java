package dev.agentfleet.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncleanStateTest {

    @Test
    void deletesTheStoresButNotTheIdentityUnlessTheLastStopWasClean(@TempDir Path dir) throws IOException {
        UncleanState state = new UncleanState(dir, "app");
        Path store = dir.resolve("app").resolve("0_3").resolve("file");
        Path identity = dir.resolve("app").resolve("kafka-streams-process-metadata");
        assertThat(state.discardUnlessClean()).as("nothing there").isFalse();
        write(store);
        write(identity);

        state.markClean();
        assertThat(state.discardUnlessClean()).as("after a clean stop").isFalse();
        assertThat(store).exists();

        assertThat(state.discardUnlessClean()).as("a marker counts once").isTrue();
        assertThat(dir.resolve("app").resolve("0_3")).doesNotExist();
        assertThat(identity).exists();
    }

    @Test
    void belongsToOneProcessAtATime(@TempDir Path dir) {
        UncleanState first = new UncleanState(dir, "app");
        UncleanState second = new UncleanState(dir, "app");
        first.hold();

        assertThatThrownBy(second::hold)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("fleet.orchestrator.state-dir: '" + dir
                        + "' is in use by another process; each orchestrator needs a folder of its own");

        first.release();
        second.hold();
        second.release();
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "x");
    }
}
