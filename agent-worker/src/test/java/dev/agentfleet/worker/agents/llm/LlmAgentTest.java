package dev.agentfleet.worker.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.worker.agents.AgentRun;
import dev.agentfleet.worker.llm.Desk;
import dev.agentfleet.worker.llm.Provider;
import dev.agentfleet.worker.llm.ScriptedClient;
import dev.agentfleet.worker.llm.StopReason;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LlmAgentTest {

    @Test
    void asksWhatTheTaskSaysAndReturnsTextWithWhatItTook() throws Exception {
        var client = new ScriptedClient("Salut");
        var run = run(client);

        var output = run.output("""
                {'model': 'm', 'provider': 'anthropic', 'prompt': 'Say {text} in {n} words', 'system': 'Be brief',
                 'values': {'text': 'hi', 'n': 2}, 'maxOutputTokens': 50, 'temperature': 0.5}""");

        assertThat(output.path("text").asText()).isEqualTo("Salut");
        assertThat(output.has("json")).isFalse();
        assertThat(output.path("truncated").asBoolean(true)).isFalse();
        assertThat(output.path("call").toString())
                .isEqualTo(
                        "{\"provider\":\"anthropic\",\"model\":\"m\",\"usage\":{\"input\":10,\"output\":5,\"cacheRead\":2,"
                                + "\"cacheWrite\":1},\"usd\":0.01,\"latency\":\"PT0S\",\"stopReason\":\"END\",\"recorded\":false}");
        assertThat(run.attempt.spent()).isEqualTo(Cost.of(13, 5, 2, 1, new BigDecimal("0.01")));
        var asked = client.asked.getFirst();
        assertThat(asked.agent()).isEqualTo("llm");
        assertThat(asked.provider()).isEqualTo(Provider.ANTHROPIC);
        assertThat(asked.turns().getFirst().text()).isEqualTo("Say hi in 2 words");
        assertThat(asked.system()).isEqualTo("Be brief");
        assertThat(asked.maxOutputTokens()).isEqualTo(50);
        assertThat(asked.temperature()).isEqualTo(0.5);
    }

    @Test
    void returnsJsonThatKeepsToTheSchemaAfterOneRepair() throws Exception {
        var output = run(new ScriptedClient("{\"words\": \"two\"}", "{\"words\": 2}"))
                .output("""
                {'model': 'm', 'prompt': 'Count', 'schema':
                 {'type': 'object', 'required': ['words'], 'properties': {'words': {'type': 'integer'}}}}""");

        assertThat(output.path("json").path("words").asInt()).isEqualTo(2);
        assertThat(output.has("text")).isFalse();
        assertThat(output.path("call").path("usage").path("input").asInt()).isEqualTo(20);
    }

    @Test
    void saysThatATextIsCut() throws Exception {
        var client = new ScriptedClient("Once upon");
        client.stopReason = StopReason.MAX_TOKENS;

        var output = run(client).output("{'model': 'm', 'prompt': 'Tell'}");

        assertThat(output.path("truncated").asBoolean()).isTrue();
        assertThat(output.path("text").asText()).isEqualTo("Once upon");
    }

    @Test
    void failsWhenTheModelRefuses() {
        var client = new ScriptedClient("");
        client.stopReason = StopReason.REFUSAL;

        assertThat(run(client).failure("{'model': 'm', 'prompt': 'Tell'}"))
                .isEqualTo("MODEL_REFUSED: The model refused to answer");
    }

    @Test
    void refusesInputThatBreaksARuleAndNamesIt() {
        var cases = Map.ofEntries(
                Map.entry("{'prompt': 'x'}", "field 'model' must be readable as String"),
                Map.entry("{'model': ' ', 'prompt': 'x'}", "input is refused: model: ' ' must be 1 to 200 characters"),
                Map.entry("{'model': 'm', 'prompt': ''}", "input is refused: prompt: must not be blank"),
                Map.entry(
                        "{'model': 'm', 'prompt': 'x', 'provider': 'acme'}",
                        "input is refused: provider: 'acme' must be one of anthropic, openai, recorded"),
                Map.entry(
                        "{'model': 'm', 'prompt': '{x}'}",
                        "input is refused: values: 'x' must be given: the prompt has a place {x}"),
                Map.entry(
                        "{'model': 'm', 'prompt': 'x', 'values': {'y': 1}}",
                        "input is refused: values: 'y' must have a place {y} in the prompt, and has none"),
                Map.entry(
                        "{'model': 'm', 'prompt': 'x', 'maxOutputTokens': 0}",
                        "input is refused: maxOutputTokens: '0' must be 1 to 1000000"),
                Map.entry(
                        "{'model': 'm', 'prompt': 'x', 'temperature': 3}",
                        "input is refused: temperature: '3.0' must be 0 to 2"),
                Map.entry(
                        "{'model': 'm', 'prompt': 'x', 'schema': []}",
                        "input is refused: schema: must be a JSON object"));

        cases.forEach((input, message) ->
                assertThat(run(new ScriptedClient()).failure(input)).isEqualTo("INVALID_INPUT: " + message));
    }

    @Test
    void failsForASchemaThatIsNone() {
        assertThat(run(new ScriptedClient()).failure("{'model': 'm', 'prompt': 'x', 'schema': {'type': 'nothing'}}"))
                .startsWith("INVALID_SCHEMA: ");
    }

    private static AgentRun run(ScriptedClient client) {
        return new AgentRun(new LlmAgent(new Desk(Map.of(), client).models));
    }
}
