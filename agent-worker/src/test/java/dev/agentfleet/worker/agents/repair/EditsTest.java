package dev.agentfleet.worker.agents.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.agents.repair.Edits.Result.Applied;
import dev.agentfleet.worker.agents.repair.Edits.Result.Mismatch;
import dev.agentfleet.worker.project.ProjectFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditsTest {

    private static final ProjectFiles FILES = files(Map.of("a", "one two two three", "b", "four", "c", "aaa"));

    @Test
    void appliesEveryEditToTheFilesAsTheyWere() {
        var changed = applied(new Edit("a", "three", "one"), new Edit("b", "four", ""), new Edit("a", "one", "three"));

        assertThat(changed.texts()).containsExactly(Map.entry("a", "three two two one"), Map.entry("b", ""));
    }

    @Test
    void appliesNothingWhenOneEditDoesNotMatch() {
        assertThat(problems(new Edit("a", "one", "1"), new Edit("a", "five", "5")))
                .containsExactly(
                        "edit 2 (a): find is not in the file; it must be there exactly once, to the last space");
    }

    @Test
    void namesEachEditThatCannotBeApplied() {
        assertThat(problems(
                        new Edit("a", "two", "2"),
                        new Edit("d", "x", "y"),
                        new Edit("b", "", "y"),
                        new Edit("b", "four", "four"),
                        new Edit("a", "one two", "1"),
                        new Edit("a", "two two", "2")))
                .containsExactly(
                        "edit 1 (a): find is in the file more than once; it must be there exactly once, so take in more of"
                                + " what is around it",
                        "edit 2 names a file that the project does not have",
                        "edit 3 (b): find must not be empty",
                        "edit 4 (b): find and replace must differ",
                        "edit 6 (a): overlaps edit 5");
    }

    @Test
    void countsOccurrencesThatOverlap() {
        assertThat(problems(new Edit("c", "aa", "b"))).hasSize(1);
    }

    @Test
    void refusesTheSameEditTwice() {
        assertThat(problems(new Edit("b", "four", "4"), new Edit("b", "four", "4")))
                .containsExactly("edit 2 (b): overlaps edit 1");
    }

    @Test
    void leavesFixedFilesAlone() {
        var result = new Edits(List.of(new Edit("b", "four", "4"))).applyTo(FILES, Set.of("b"));

        assertThat(result).isEqualTo(new Mismatch(List.of("edit 1 (b): this file must stay as it is")));
    }

    @Test
    void refusesEditsThatMakeTheProjectTooLarge() {
        assertThat(problems(new Edit("b", "four", "x".repeat(200_001))))
                .singleElement()
                .asString()
                .startsWith("the edited project is too large; ");
    }

    /** The model of it: a text cut into pieces that are all different, some of which are replaced. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void seededEditsAreAllAppliedOrNone(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var texts = new TreeMap<String, String>();
            var expected = new TreeMap<String, String>();
            var edits = new ArrayList<Edit>();
            for (int file = 0; file < 1 + random.nextInt(3); file++) {
                file(random, "f" + file, texts, expected, edits);
            }
            var files = new ProjectFiles(texts);
            Collections.shuffle(edits, random);
            expected.entrySet().removeIf(entry -> entry.getValue().equals(texts.get(entry.getKey())));

            assertThat(new Edits(edits).applyTo(files, Set.of()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(new Applied(new ProjectFiles(expected)));

            var broken = new ArrayList<>(edits);
            broken.add(random.nextInt(edits.size() + 1), new Edit("f0", "¤nowhere¤", "x"));
            assertThat(new Edits(broken).applyTo(files, Set.of()))
                    .as("seed %d, round %d", seed, round)
                    .isInstanceOf(Mismatch.class);
            assertThat(files.texts()).isEqualTo(texts);
        }
    }

    private static void file(
            Random random, String path, Map<String, String> texts, Map<String, String> expected, List<Edit> edits) {
        var before = new StringBuilder();
        var after = new StringBuilder();
        for (int piece = 0; piece < 1 + random.nextInt(8); piece++) {
            String unique = "<" + path + "-" + piece + ">" + "xy\n".repeat(random.nextInt(3));
            before.append(unique);
            if (random.nextBoolean()) {
                String replacement = "z".repeat(random.nextInt(4));
                edits.add(new Edit(path, unique, replacement));
                after.append(replacement);
            } else {
                after.append(unique);
            }
        }
        texts.put(path, before.toString());
        expected.put(path, after.toString());
    }

    private static ProjectFiles applied(Edit... edits) {
        return new Edits(List.of(edits)).applyTo(FILES, Set.of()) instanceof Applied(var changed)
                ? changed
                : ProjectFiles.NONE;
    }

    private static List<String> problems(Edit... edits) {
        return new Edits(List.of(edits)).applyTo(FILES, Set.of()) instanceof Mismatch(var problems)
                ? problems
                : List.of();
    }

    private static ProjectFiles files(Map<String, String> texts) {
        return new ProjectFiles(new TreeMap<>(texts));
    }
}
