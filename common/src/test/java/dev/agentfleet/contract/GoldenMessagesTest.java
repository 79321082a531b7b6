package dev.agentfleet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the wire format still: what stands in the golden files must be written and read for as long as version 1
 * lives. Run with {@code -Dgolden.write=true} to write the file of a new message; never to change an old one.
 */
class GoldenMessagesTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/v1");

    static Stream<Map.Entry<String, Message>> samples() {
        return Samples.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesTheGoldenForm(Map.Entry<String, Message> sample) throws IOException {
        String written = new String(Json.write(sample.getValue()), StandardCharsets.UTF_8);
        assertThat(written).isEqualToIgnoringNewLines(golden(sample.getKey(), written));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsTheGoldenForm(Map.Entry<String, Message> sample) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(sample.getKey() + ".json"));
        assertThat(Json.read(bytes, Message.class)).isEqualTo(sample.getValue());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void toleratesUnknownFields(Map.Entry<String, Message> sample) throws IOException {
        String golden =
                Files.readString(FOLDER.resolve(sample.getKey() + ".json")).strip();
        String extended = golden.substring(0, golden.length() - 1) + ",\"later\":{\"a\":[1,{\"b\":2}]}}";
        assertThat(Json.read(extended.getBytes(StandardCharsets.UTF_8), Message.class))
                .isEqualTo(sample.getValue());
    }

    @Test
    void everyMessageHasAGoldenFile() {
        assertThat(Samples.all().values().stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        Json.messageTypes(Message.class).collect(Collectors.toSet()));
    }

    private static String golden(String name, String written) throws IOException {
        Path file = FOLDER.resolve(name + ".json");
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, written + "\n");
        }
        return Files.readString(file);
    }
}
