package dev.agentfleet.worker.llm.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.llm.CallGuard;
import dev.agentfleet.worker.llm.LlmCode;
import dev.agentfleet.worker.llm.ModelCallException;
import dev.agentfleet.worker.llm.ModelRequest;
import dev.agentfleet.worker.llm.ModelResponse;
import dev.agentfleet.worker.llm.Provider;
import dev.agentfleet.worker.llm.RateSnapshot;
import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Usage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

    private static final ModelRequest QUESTION = ModelRequest.of("planner", "m", "Plan it.", 100);

    @TempDir
    @Nullable
    Path directory;

    @Test
    void playsBackWhatItRecordedAndSaysSo() {
        var recordings = recordings(true);
        recordings.answered(QUESTION, answer("a plan"));

        var response = ask(recordings(false), QUESTION);

        assertThat(response.text()).isEqualTo("a plan");
        assertThat(response.recorded()).isTrue();
        assertThat(response.provider()).isEqualTo(Provider.RECORDED);
        assertThat(response.usage()).isEqualTo(new Usage(1, 2, 3, 4));
        assertThat(response.usd()).isZero();
        assertThat(response.stopReason()).isEqualTo(StopReason.END);
        assertThat(response.model()).isEqualTo("m-2026");
    }

    @Test
    void playsBackForAnotherModelAndTemperature() {
        recordings(true).answered(QUESTION, answer("a plan"));
        var asked = new ModelRequest("planner", null, "other", null, QUESTION.turns(), 7, 1.0, null);

        assertThat(ask(recordings(false), asked).text()).isEqualTo("a plan");
    }

    @Test
    void theOrderOfASchemasKeysMakesNoDifference() throws Exception {
        var one = QUESTION.withSchema(Json.mapper().readTree("{\"type\": \"object\", \"title\": \"t\"}"));
        var other = QUESTION.withSchema(Json.mapper().readTree("{\"title\": \"t\", \"type\": \"object\"}"));

        assertThat(PromptHash.of(one)).isEqualTo(PromptHash.of(other)).isNotEqualTo(PromptHash.of(QUESTION));
    }

    @Test
    void theHashStaysTheSameFromReleaseToRelease() {
        assertThat(PromptHash.of(QUESTION.withSystem("s")))
                .isEqualTo("ad0a4be0af3280234cb1bd9ac1b9529645f7a6845d030d89120371578f06384b");
    }

    @Test
    void recordsNothingUnlessTold() throws Exception {
        recordings(false).answered(QUESTION, answer("a plan"));

        try (var files = Files.list(Objects.requireNonNull(directory))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void saysWhatItMissesAndWhereItLooked() {
        var failure = miss(QUESTION);

        assertThat(failure.code()).isEqualTo(LlmCode.NOT_RECORDED);
        assertThat(failure.kind()).isEqualTo(ModelCallException.Kind.PERMANENT);
        String file = "planner/" + PromptHash.of(QUESTION) + ".json";
        assertThat(failure)
                .hasMessage("no recorded answer for agent 'planner' and prompt " + PromptHash.of(QUESTION)
                        + "; looked for " + directory + "/" + file + " and recordings/" + file + " on the class path");
    }

    @Test
    void readsFromTheClassPathToo() {
        assertThat(ask(recordings(false), ModelRequest.of("on-class-path", "m", "hi", 1))
                        .text())
                .isEqualTo("hello from the class path");
    }

    @Test
    void refusesAFileThatIsNoExchange() throws Exception {
        write(QUESTION, "{\"agent\": ");

        assertThat(miss(QUESTION)).message().contains("is no recorded exchange at character");
    }

    @Test
    void refusesAnExchangeUnderAnothersName() throws Exception {
        write(QUESTION, "{\"agent\": \"coder\", \"prompt\": \"1\", \"model\": \"m\", \"text\": \"t\"}");

        assertThat(miss(QUESTION)).message().contains("'agent' and 'prompt' must be those of the file's name");
    }

    @Test
    void leavesItsDirectoryForNoAgent() {
        assertThat(miss(ModelRequest.of("../../etc", "m", "hi", 1))).message().startsWith("agent: must be");
    }

    private void write(ModelRequest request, String content) throws Exception {
        Path file = Objects.requireNonNull(directory).resolve("planner/" + PromptHash.of(request) + ".json");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
    }

    private ModelCallException miss(ModelRequest request) {
        return catchThrowableOfType(ModelCallException.class, () -> ask(recordings(false), request));
    }

    private static ModelResponse ask(Recordings recordings, ModelRequest request) {
        return new RecordedModelClient(recordings).complete(request, Duration.ofMinutes(1), CallGuard.NONE);
    }

    private Recordings recordings(boolean record) {
        return new Recordings(Configs.llm(Map.of(
                "fleet.llm.recorded.directory", String.valueOf(directory),
                "fleet.llm.recorded.record", Boolean.toString(record))));
    }

    private static ModelResponse answer(String text) {
        return new ModelResponse(
                text,
                null,
                new Usage(1, 2, 3, 4),
                BigDecimal.ONE,
                "req",
                StopReason.END,
                RateSnapshot.NONE,
                Provider.ANTHROPIC,
                "m-2026",
                Duration.ofSeconds(1),
                false);
    }
}
