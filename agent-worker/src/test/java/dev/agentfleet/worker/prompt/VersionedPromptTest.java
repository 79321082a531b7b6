package dev.agentfleet.worker.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever edits a prompt sees a version fail here: another text is another version, with files of its own. */
class VersionedPromptTest {

    private static final Map<String, String> PUBLISHED =
            Map.of("code/v1", "a0c51749d0ee9c0b", "diagnostic/v1", "ebbba341beff19b9", "repair/v1", "db7fe1696283be75");

    @Test
    void whatWasPublishedStaysAsItWas() throws Exception {
        for (var prompt : PUBLISHED.entrySet()) {
            assertThat(hash(prompt.getKey())).as(prompt.getKey()).isEqualTo(prompt.getValue());
        }
    }

    @Test
    void namesItsAgentAndVersion() {
        assertThat(VersionedPrompt.of("repair", 1).name()).isEqualTo("repair/v1");
    }

    private static String hash(String name) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (String kind : new String[] {".txt", ".schema.json"}) {
            try (InputStream in = VersionedPromptTest.class.getResourceAsStream("/prompts/" + name + kind)) {
                digest.update(in.readAllBytes());
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
