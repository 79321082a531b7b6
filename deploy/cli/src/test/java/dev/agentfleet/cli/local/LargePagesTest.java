package dev.agentfleet.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePagesTest {
    @TempDir
    Path directory;

    @Test
    void asksForThemWhereTheyAreGivenForTheAsking() throws IOException {
        assertThat(LargePages.flags(setting("always [madvise] never"))).containsExactly("-XX:+UseTransparentHugePages");
    }

    @Test
    void doesNotAskWhereThatChangesNothingOrIsNotKnown() throws IOException {
        assertThat(LargePages.flags(setting("[always] madvise never"))).isEmpty();
        assertThat(LargePages.flags(setting("always madvise [never]"))).isEmpty();
        assertThat(LargePages.flags(directory.resolve("absent"))).isEmpty();
    }

    private Path setting(String line) throws IOException {
        return Files.writeString(directory.resolve("enabled"), line + "\n");
    }
}
