package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Calls of runs with a budget. */
class BudgetedCallsTest {

    private static final Map<String, String> PRICES = Map.of(
            "fleet.llm.prices.m.input", "2",
            "fleet.llm.prices.m.output", "10",
            "fleet.llm.prices.m.cache-write", "3");
    private static final RunBudget TOKENS = new RunBudget(10_000L, null);
    private static final RunBudget MONEY = new RunBudget(null, new BigDecimal("0.5"));

    private final TestAttempt attempt = new TestAttempt();

    @Test
    void aRunWithoutABudgetAsksNobody() {
        var desk = new Desk(PRICES, new ScriptedClient("hello"));

        desk.models.complete(question(), attempt);

        assertThat(desk.owner.isOpen()).isFalse();
        assertThat(attempt.waits()).isZero();
    }

    @Test
    void reservesWhatACallMayTakeAndSettlesWhatItTook() {
        var desk = new Desk(PRICES, new ScriptedClient("hello"));

        desk.models.complete(question(), attempt.withBudget(MONEY).withRemaining(Duration.ofSeconds(50)));

        // 6 bytes are 2 tokens, and the envelope's 16; they may have to be kept in the provider's cache.
        assertThat(desk.owner.asks())
                .containsExactly(new ReserveBudget(
                        new RunId("run"),
                        "worker-a",
                        1,
                        new BudgetAmount(18 + 100, 18 * 3_000 + 100 * 10_000),
                        MONEY,
                        Duration.ofSeconds(110)));
        settled(desk, new BudgetAmount(18, 10_000_000));
        assertThat(attempt.waits()).isEqualTo(1);
    }

    @Test
    void anExhaustedBudgetFailsTheAttemptForGoodBeforeTheCall() {
        var client = new ScriptedClient("hello");
        var desk = new Desk(Map.of(), client);
        desk.owner.thenExhausted(9_900);

        var failure = catchThrowableOfType(
                AgentFailureException.class, () -> desk.models.complete(question(), attempt.withBudget(TOKENS)));

        assertThat(failure.code()).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessage("options.budget.maxTokens: 9,900 of 10,000 tokens are spent, this call may take 118");
        assertThat(client.asked).isEmpty();
        assertThat(attempt.waits()).isEqualTo(1);
    }

    @Test
    void aModelWithoutAPriceIsNotTakenAsFree() {
        var client = new ScriptedClient("hello");
        var desk = new Desk(Map.of(), client);

        var failure = catchThrowableOfType(
                AgentFailureException.class, () -> desk.models.complete(question(), attempt.withBudget(MONEY)));

        assertThat(failure.code()).isEqualTo("PRICE_UNKNOWN");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("model: 'm' must have a price");
        assertThat(client.asked).isEmpty();
        assertThat(desk.owner.heard).isEmpty();
    }

    @Test
    void aModelWithoutAPriceMayBeUsedForTokens() {
        var desk = new Desk(Map.of(), new ScriptedClient("hello"));

        desk.models.complete(question(), attempt.withBudget(TOKENS));

        assertThat(desk.owner.asks()).extracting(ReserveBudget::amount).containsExactly(new BudgetAmount(118, 0));
    }

    @Test
    void everyRepairIsACallOfItsOwn() throws Exception {
        var desk = new Desk(Map.of(), new ScriptedClient("no JSON", "{}"));
        var schema = Json.mapper().readTree("{\"type\": \"object\"}");

        desk.models.complete(question().withSchema(schema), attempt.withBudget(TOKENS));

        assertThat(desk.owner.asks()).hasSize(2);
        assertThat(desk.owner.asks().get(1).amount().tokens())
                .isGreaterThan(desk.owner.asks().getFirst().amount().tokens());
    }

    @Test
    void aCallThatFailsCountsWhatIsKnownToBeBilled() {
        var failure = new ModelCallException(Kind.PERMANENT, "X", "no").withBilled(new Usage(7, 1, 0, 0));
        var desk = new Desk(PRICES, new ScriptedClient(failure));

        assertThatThrownBy(() -> desk.models.complete(question(), attempt.withBudget(MONEY)))
                .isInstanceOf(AgentFailureException.class);

        settled(desk, new BudgetAmount(8, 7 * 2_000 + 10_000));
    }

    @Test
    void aCallWhoseEndNobodySawCountsAsEstimated() {
        for (RuntimeException end : new RuntimeException[] {
            new ModelCallException(Kind.TIMED_OUT, "MODEL_TIMEOUT", "late"), new CancellationException("stopped")
        }) {
            var desk = new Desk(PRICES, new ScriptedClient(end));

            assertThatThrownBy(() -> desk.models.complete(question(), attempt.withBudget(TOKENS)))
                    .isInstanceOf(RuntimeException.class);

            settled(desk, desk.owner.asks().getFirst().amount());
        }
    }

    @Test
    void anAttemptThatMustStopWhileItWaitsMakesNoCall() {
        var client = new ScriptedClient("hello");
        var desk = new Desk(PRICES, client);
        desk.owner.thenWait(Duration.ofMinutes(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> desk.models.complete(question(), attempt.withBudget(TOKENS)))
                .isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.asked).isEmpty();
        settled(desk, BudgetAmount.NONE);
        assertThat(attempt.waits()).isEqualTo(1);
    }

    @Test
    void recordedAnswersCostNothingButTheirTokensCount() {
        var price = new CallPrice(new Prices(Configs.llm(PRICES)), Provider.RECORDED, "m");

        assertThat(price.estimate(question(), MONEY)).isEqualTo(new BudgetAmount(118, 0));
        assertThat(price.of(new Usage(10, 5, 2, 1))).isEqualTo(new BudgetAmount(18, 0));
    }

    private static void settled(Desk desk, BudgetAmount used) {
        await().untilAsserted(() -> assertThat(desk.owner.settled()).containsExactly(used));
    }

    private static ModelRequest question() {
        return ModelRequest.of("echo", "m", "hello!", 100);
    }
}
