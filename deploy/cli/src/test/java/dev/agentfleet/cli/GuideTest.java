package dev.agentfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the agent authors' guide shows is what its project holds. */
class GuideTest {
    private static final Path PROJECT = Path.of("..", "examples", "word-count-agent");
    private static final Pattern SHOWN = Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void showsItsFilesAsTheyAre() throws IOException {
        String guide = Files.readString(PROJECT.resolve("README.md"));

        var shown = new HashSet<Path>();
        for (MatchResult block : SHOWN.matcher(guide).results().toList()) {
            Path file = PROJECT.resolve(block.group(1));
            assertThat(block.group(2)).as(file.toString()).isEqualTo(Files.readString(file));
            shown.add(file);
        }

        assertThat(shown).contains(PROJECT.resolve("pom.xml")).containsAll(classes());
    }

    private static Iterable<Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
