package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keeps {@code design/messages.md} equal to the contract. Run with {@code -Dgolden.write=true} to write it anew. */
class MessageReferenceTest {

    private static final Path FILE = Path.of("../design/messages.md");

    @Test
    void theFileSaysWhatTheContractSays() throws IOException {
        String rendered = MessageReference.render();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(FILE, rendered);
        }

        assertThat(Files.readString(FILE))
                .as("design/messages.md is generated; to write it anew: " + MessageReferenceGuide.REWRITE)
                .isEqualToNormalizingNewlines(rendered);
    }

    @Test
    void describesEveryMessageOnce() {
        String rendered = MessageReference.render();

        assertThat(Json.messageTypes(Message.class))
                .allSatisfy(type -> assertThat(rendered).containsOnlyOnce("\n### " + type.getSimpleName() + "\n"));
    }

    @Test
    void explainsEveryHeader() {
        String rendered = MessageReference.render();

        assertThat(Headers.class.getFields())
                .isNotEmpty()
                .allSatisfy(header -> assertThat(rendered).contains("`" + header.get(null) + "`"));
    }

    @Test
    void linksToSectionsOnly() {
        String rendered = MessageReference.render();
        var anchors = rendered.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replace("&lt;", "").replace("&gt;", ""))
                .map(line -> line.replaceAll("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
                .map(title -> "(#" + title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-') + ")")
                .toList();

        var links = Arrays.stream(rendered.split("]", -1))
                .filter(rest -> rest.startsWith("(#"))
                .map(rest -> rest.substring(0, rest.indexOf(')') + 1));

        assertThat(links).isNotEmpty().isSubsetOf(anchors);
    }
}
