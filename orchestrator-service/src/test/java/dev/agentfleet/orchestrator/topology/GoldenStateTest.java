package dev.agentfleet.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the form of stored state still: an orchestrator reads what earlier ones left in the changelogs, and while one is
 * replaced, what later ones write. The files were taken from changelogs. Forms are added, with a file each; none is changed
 * or taken away.
 */
class GoldenStateTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/state");
    private static final ObjectMapper TREES = new ObjectMapper();
    private static final Map<String, StateJson<?>> KINDS = Map.of(
            "run", StateJson.RUN,
            "task", StateJson.TASK,
            "outcome", StateJson.OUTCOME,
            "page", StateJson.PAGE,
            "budget", StateJson.BUDGET,
            "reservation", StateJson.RESERVATION);

    static Stream<Path> files() throws IOException {
        return Files.list(FOLDER).sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsWhatWasStored(Path file) throws IOException {
        byte[] stored = Files.readAllBytes(file);

        assertHolds(TREES.readTree(stored), readAndWritten(kind(file), stored), "");
    }

    @ParameterizedTest
    @MethodSource("files")
    void takesNoOffenceAtWhatLaterVersionsAdd(Path file) throws IOException {
        ObjectNode later = (ObjectNode) TREES.readTree(Files.readAllBytes(file));
        JsonNode now = readAndWritten(kind(file), TREES.writeValueAsBytes(later));
        later.putObject("later").put("a", 1);

        assertThat(readAndWritten(kind(file), TREES.writeValueAsBytes(later))).isEqualTo(now);
    }

    @Test
    void hasAFileOfEveryKind() throws IOException {
        assertThat(files().map(GoldenStateTest::kindName).collect(Collectors.toSet()))
                .isEqualTo(KINDS.keySet());
        List<String> states = files().filter(file -> kindName(file).equals("task"))
                .map(file -> file.getFileName().toString())
                .toList();
        for (String state : List.of("backing-off", "dispatched", "running", "settled")) {
            assertThat(states).anyMatch(name -> name.startsWith("task-" + state));
        }
    }

    private static JsonNode readAndWritten(StateJson<?> kind, byte[] stored) throws IOException {
        return TREES.readTree(again(kind, stored));
    }

    private static <T> byte[] again(StateJson<T> kind, byte[] stored) {
        return kind.write(kind.read(stored));
    }

    /** Whatever stands in the one stands in the other, which may hold more. */
    private static void assertHolds(JsonNode stored, JsonNode written, String at) {
        if (stored.isObject()) {
            stored.properties()
                    .forEach(field ->
                            assertHolds(field.getValue(), written.path(field.getKey()), at + "/" + field.getKey()));
        } else if (stored.isArray()) {
            assertThat(written).as(at).hasSameSizeAs(stored);
            for (int i = 0; i < stored.size(); i++) {
                assertHolds(stored.get(i), written.path(i), at + "/" + i);
            }
        } else {
            assertThat(written).as(at).isEqualTo(stored);
        }
    }

    private static StateJson<?> kind(Path file) {
        return Objects.requireNonNull(KINDS.get(kindName(file)), "a file of no known kind");
    }

    private static String kindName(Path file) {
        return Arrays.stream(file.getFileName().toString().split("[-.]"))
                .findFirst()
                .orElseThrow();
    }
}
