package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Json;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelsTest {

    private static final String GOOD = "{\"verdict\": \"good\"}";
    private static final String BAD = "{\"verdict\": \"SECRET\"}";

    private final TestAttempt attempt = new TestAttempt();

    @Test
    void givesTheAnswerAndTellsTheAttemptWhatItTook() {
        var client = new ScriptedClient("hello");

        var answer = desk(client).models.complete(question(), attempt);

        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.json()).isNull();
        assertThat(attempt.spent()).isEqualTo(new Cost(13, 5, 10_000_000, 2L, 1L));
    }

    @Test
    void checksAnAnswerAgainstItsSchema() throws Exception {
        var client = new ScriptedClient(GOOD);

        var answer = desk(client).models.complete(withSchema(), attempt);

        assertThat(answer.json()).isEqualTo(Json.mapper().readTree(GOOD));
        assertThat(client.asked.getFirst().system()).contains("\"enum\":[\"good\",\"bad\"]");
    }

    @Test
    void takesJsonOutOfAFence() throws Exception {
        var client = new ScriptedClient("```json\n" + GOOD + "\n```");

        assertThat(desk(client).models.complete(withSchema(), attempt).json())
                .isEqualTo(Json.mapper().readTree(GOOD));
    }

    @Test
    void tellsTheModelWhatIsWrongAndCountsBothCalls() throws Exception {
        var client = new ScriptedClient(BAD, GOOD);

        var answer = desk(client).models.complete(withSchema(), attempt);

        assertThat(answer.usage()).isEqualTo(new Usage(20, 10, 4, 2));
        assertThat(answer.usd()).isEqualByComparingTo("0.02");
        assertThat(attempt.spent()).isEqualTo(new Cost(26, 10, 20_000_000, 4L, 2L));
        var turns = client.asked.get(1).turns();
        assertThat(turns).hasSize(3);
        assertThat(turns.get(1)).isEqualTo(Turn.assistant(BAD));
        assertThat(turns.get(2).text()).contains("/verdict", "good").startsWith("Your answer is not valid");
    }

    @Test
    void tellsTheModelThatItsAnswerIsNoJson() throws Exception {
        var client = new ScriptedClient("Here it is: " + GOOD, GOOD);

        desk(client).models.complete(withSchema(), attempt);

        assertThat(client.asked.get(1).turns().get(2).text()).contains("not one well-formed JSON value");
    }

    @Test
    void givesUpAfterTheLastRepairWithoutQuotingTheAnswer() throws Exception {
        var client = new ScriptedClient(BAD, BAD);

        var failure = failure(client, withSchema());

        assertThat(failure.code()).isEqualTo(LlmCode.OUTPUT_NOT_OF_SCHEMA);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).message().contains("/properties/verdict/enum").doesNotContain("SECRET");
        assertThat(client.asked).hasSize(2);
    }

    @Test
    void repairsAsOftenAsConfigured() throws Exception {
        var client = new ScriptedClient(BAD, BAD, BAD, GOOD);

        new Desk(Map.of("fleet.llm.repairs", "3"), client).models.complete(withSchema(), attempt);

        assertThat(client.asked).hasSize(4);
    }

    @Test
    void repairsNoAnswerThatIsCut() throws Exception {
        var client = new ScriptedClient("{\"verd");
        client.stopReason = StopReason.MAX_TOKENS;

        var failure = failure(client, withSchema());

        assertThat(failure.code()).isEqualTo(LlmCode.OUTPUT_TRUNCATED);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void refusesASchemaThatIsNone() throws Exception {
        var request = question().withSchema(Json.mapper().readTree("{\"type\": 7}"));

        assertThat(failure(new ScriptedClient(GOOD), request).code()).isEqualTo(LlmCode.INVALID_SCHEMA);
    }

    @Test
    void handsBackWhatMustWaitLongerThanTheCap() {
        var failure =
                failure(new ScriptedClient(transientFailure().withRetryAfter(Duration.ofSeconds(21))), question());

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(21));
    }

    @Test
    void handsBackWhatMustWaitLongerThanTheAttemptLasts() {
        attempt.withRemaining(Duration.ofSeconds(2));

        var failure = failure(new ScriptedClient(transientFailure().withRetryAfter(Duration.ofSeconds(3))), question());

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void makesNoCallWhenTheAttemptHasNoTimeLeft() {
        attempt.withRemaining(Duration.ZERO);
        var client = new ScriptedClient("too late");

        assertThat(failure(client, question()).code()).isEqualTo(LlmCode.MODEL_TIMEOUT);
        assertThat(client.asked).isEmpty();
    }

    @Test
    void asksNobodyWhileTheProviderIsClosed() {
        var client = new ScriptedClient(
                new ModelCallException(Kind.REFUSED, LlmCode.PROVIDER_KEY_REFUSED, "no"), "welcome back");
        var desk = new Desk(Map.of("fleet.llm.closed-for", "PT1S"), client);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> desk.models.complete(question(), attempt))
                    .isInstanceOfSatisfying(
                            AgentUnavailableException.class,
                            unavailable -> assertThat(unavailable.code()).isEqualTo(LlmCode.PROVIDER_KEY_REFUSED));
        }
        assertThat(client.asked).hasSize(1);

        desk.now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(desk.models.complete(question(), attempt).text()).isEqualTo("welcome back");
    }

    @Test
    void tellsTheAttemptWhatAFailedCallIsBilledFor() {
        failure(new ScriptedClient(transientFailure().withBilled(new Usage(7, 3, 0, 0))), question());

        assertThat(attempt.spent()).isEqualTo(new Cost(7, 3, 0));
    }

    @Test
    void countsCallsByOutcomeAndTagsNoModelWithoutAPrice() throws Exception {
        var client = new ScriptedClient("a", transientFailure());
        var desk = new Desk(Map.of("fleet.llm.prices.m.input", "1", "fleet.llm.prices.m.output", "1"), client);

        desk.models.complete(question(), attempt);
        assertThatThrownBy(() -> desk.models.complete(ModelRequest.of("a", "made-up", "hi", 1), attempt))
                .isInstanceOf(AgentFailureException.class);

        assertThat(count(desk, "m", "ANSWERED")).isEqualTo(1);
        assertThat(count(desk, "other", LlmCode.PROVIDER_OVERLOADED)).isEqualTo(1);
        assertThat(desk.registry
                        .get("fleet.worker.llm.tokens")
                        .tags("model", "m", "kind", "cache-read")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void showsNoPromptAndNoAnswerAsText() {
        var request = question().withSystem("SECRET");
        var answer = desk(new ScriptedClient("SECRET")).models.complete(request, attempt);

        assertThat(request + " " + answer + " " + Turn.user("SECRET")).doesNotContain("SECRET");
    }

    private static double count(Desk desk, String model, String outcome) {
        return desk.registry
                .get("fleet.worker.llm.calls")
                .tags("model", model, "outcome", outcome)
                .counter()
                .count();
    }

    private AgentFailureException failure(ModelClient client, ModelRequest request) {
        return catchThrowableOfType(
                AgentFailureException.class, () -> desk(client).models.complete(request, attempt));
    }

    private static Desk desk(ModelClient client) {
        return new Desk(Map.of(), client);
    }

    private static ModelCallException transientFailure() {
        return new ModelCallException(Kind.TRANSIENT, LlmCode.PROVIDER_OVERLOADED, "busy");
    }

    private static ModelRequest question() {
        return ModelRequest.of("reviewer", "m", "Is it good?", 100);
    }

    private static ModelRequest withSchema() throws Exception {
        return question().withSchema(Json.mapper().readTree("""
                {"type": "object", "required": ["verdict"],
                 "properties": {"verdict": {"enum": ["good", "bad"]}}}"""));
    }
}
