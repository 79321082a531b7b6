package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private static final String FIELD = "fleet.llm.anthropic.key-file";

    @TempDir
    @Nullable
    Path directory;

    @Test
    void readsTheKeyWithoutTheSpaceAroundIt() throws IOException {
        assertThat(new KeyFile(FIELD, file(" sk-1\n")).read()).isEqualTo("sk-1");
    }

    @Test
    void seesAKeyThatIsChanged() throws IOException {
        Path file = file("sk-1");
        var key = new KeyFile(FIELD, file);
        key.read();

        Files.writeString(file, "sk-2");

        assertThat(key.read()).isEqualTo("sk-2");
    }

    @Test
    void saysWhichFieldNamesNoFile() {
        assertThat(refusal(null)).hasMessage(FIELD + ": must name the file that holds the key");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThat(refusal(Path.of("/does/not/exist")))
                .hasMessage(FIELD + ": '/does/not/exist' cannot be read: NoSuchFileException");
    }

    @Test
    void saysWhichFileIsEmpty() throws IOException {
        Path file = file(" \n");

        assertThat(refusal(file)).hasMessage(FIELD + ": '" + file + "' must not be empty");
    }

    @Test
    void refusesAKeyThatNoHeaderHoldsWithoutQuotingIt() throws IOException {
        assertThat(refusal(file("sk-1\nsk-2"))).message().contains(FIELD).doesNotContain("sk-");
    }

    @Test
    void refusesAFileThatIsTooLargeForAKey() throws IOException {
        assertThat(refusal(file("x".repeat(9_000)))).message().contains("must be at most 8192 bytes");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Objects.requireNonNull(directory).resolve("key"), content);
    }

    /** A key that cannot be used stops the intake: no task is to blame. */
    private static ModelCallException refusal(@Nullable Path file) {
        var refusal = catchThrowableOfType(ModelCallException.class, () -> new KeyFile(FIELD, file).read());
        assertThat(refusal.kind()).isEqualTo(ModelCallException.Kind.REFUSED);
        return refusal;
    }
}
