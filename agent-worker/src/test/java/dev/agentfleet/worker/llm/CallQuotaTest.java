package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.worker.llm.ModelCallException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallQuotaTest {

    private static final Lane LANE = new Lane("anthropic", "team-a", "m");

    private final TestAttempt attempt = new TestAttempt();
    private final ScriptedClient client = new ScriptedClient("hello", "again");
    private final Desk desk = desk(client);

    private final List<Desk> desks = new ArrayList<>(List.of(desk));

    @AfterEach
    void close() {
        desks.forEach(each -> each.quota.close());
    }

    @Test
    void aRefusalHoldsItsLaneForTheFleet() {
        var owner = refused(Kind.TRANSIENT, LlmCode.RATE_LIMITED, Duration.ofSeconds(3)).quotaOwner;

        await().untilAsserted(() -> assertThat(owner.asked())
                .containsExactly(new HoldLane(LANE, Duration.ofSeconds(3), LlmCode.RATE_LIMITED)));
    }

    @Test
    void aRefusedKeyClosesTheProviderForAsLongAsItIsTold() {
        var owner = refused(Kind.REFUSED, LlmCode.PROVIDER_KEY_REFUSED, null).quotaOwner;

        await().untilAsserted(() -> assertThat(owner.asked())
                .containsExactly(new HoldLane(LANE, Duration.ofMinutes(1), LlmCode.PROVIDER_KEY_REFUSED)));
    }

    @Test
    void whatAnotherWorkerWasToldOfTheSameKeyClosesTheProviderHereToo() {
        var model = new Lane("anthropic", "team-a", "another");
        desk.quota.held(new HoldLane(model, Duration.ofMinutes(2), LlmCode.SPEND_LIMIT));

        assertThatThrownBy(() -> desk.models.complete(question(), attempt))
                .isInstanceOfSatisfying(
                        AgentUnavailableException.class,
                        unavailable -> assertThat(unavailable.code()).isEqualTo(LlmCode.SPEND_LIMIT));
        assertThat(client.asked).isEmpty();
    }

    @Test
    void callsThatWaitAreGivenBackOnceTheKeyIsRefused() throws InterruptedException {
        desk.quota.limited(new LimitLane(LANE, QuotaLimits.ofRequests(1)));
        var ended = new AtomicReference<RuntimeException>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                desk.models.complete(question(), attempt);
            } catch (RuntimeException e) {
                ended.set(e);
            }
        });
        await().until(() -> !desk.quotaOwner.asked().isEmpty());

        desk.quota.held(new HoldLane(LANE, Duration.ofMinutes(2), LlmCode.PROVIDER_KEY_REFUSED));
        waiting.join();

        assertThat(ended.get()).isInstanceOf(AgentUnavailableException.class);
    }

    @Test
    void whatAnotherWorkerWasToldOfAnotherKeyMeansNothingHere() {
        var other = new Lane("anthropic", "team-b", "m");
        desk.quota.held(new HoldLane(other, Duration.ofMinutes(2), LlmCode.SPEND_LIMIT));

        assertThat(desk.models.complete(question(), attempt).text()).isEqualTo("hello");
    }

    @Test
    void whatBreaksAConnectionHoldsNothing() {
        assertThat(refused(Kind.TRANSIENT, LlmCode.CONNECTION_FAILED, null)
                        .quotaOwner
                        .isKnown())
                .isFalse();
    }

    @Test
    void aCallThatTheLimitsNeverLetThroughFailsForGood() {
        desk.quota.limited(new LimitLane(LANE, new QuotaLimits(null, null, 99L)));

        assertThatThrownBy(() -> desk.models.complete(question(), attempt))
                .isInstanceOfSatisfying(AgentFailureException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(LlmCode.OVER_QUOTA);
                    assertThat(failure.retryable()).isFalse();
                })
                .hasMessageContaining("outputTokens: '100' must be at most 99, the limit of lane anthropic/team-a/m");
        assertThat(client.asked).isEmpty();
    }

    @Test
    void aCallOfALimitedLaneIsMadeOnceItIsLetAndItsTokensAreMadeGood() throws InterruptedException {
        desk.quota.limited(new LimitLane(LANE, new QuotaLimits(600L, 50_000L, 8_000L)));
        var first = Thread.ofVirtual().start(() -> desk.models.complete(question(), attempt));
        await().until(() -> !desk.quotaOwner.asked().isEmpty());
        assertThat(client.asked).isEmpty();
        var ask = (AskPermits) desk.quotaOwner.asked().getLast();
        assertThat(ask.want().requests()).isEqualTo(1);
        assertThat(ask.want().inputTokens()).isEqualTo(TokenEstimate.input(question()));
        assertThat(ask.want().outputTokens()).isEqualTo(100);

        desk.quotaOwner.grant();
        first.join();
        assertThat(client.asked).hasSize(1);

        // 10 sent, and 1 kept in the cache; 5 answered.
        await().untilAsserted(() -> assertThat(desk.quotaOwner.asked())
                .filteredOn(AskPermits.class::isInstance)
                .flatExtracting(asked -> ((AskPermits) asked).corrections())
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.inputTokens()).isEqualTo(11 - TokenEstimate.input(question()));
                    assertThat(made.outputTokens()).isEqualTo(-95);
                }));
    }

    private Desk refused(Kind kind, String code, @Nullable Duration retryAfter) {
        var refusing = desk(new ScriptedClient(new ModelCallException(kind, code, "no").withRetryAfter(retryAfter)));
        desks.add(refusing);
        assertThatThrownBy(() -> refusing.models.complete(question(), attempt)).isInstanceOf(RuntimeException.class);
        return refusing;
    }

    private static Desk desk(ScriptedClient client) {
        return new Desk(Map.of("fleet.llm.anthropic.key-name", "team-a"), client);
    }

    private static ModelRequest question() {
        return ModelRequest.of("reviewer", "m", "Is it good?", 100);
    }
}
