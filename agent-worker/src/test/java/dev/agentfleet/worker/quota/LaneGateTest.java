package dev.agentfleet.worker.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.AskPermits.TokenCorrection;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.RateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LaneGateTest {

    private static final Lane LANE = new Lane("anthropic", "main", "claude");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final QuotaAmount CALL = QuotaAmount.call(100, 50);

    private long nanos = 5_000_000_000L;
    private final LaneGate gate = new LaneGate(LANE, "worker-a", () -> nanos, () -> {});
    private long due;

    @Test
    void asksForWhatWaitsAndServesItInOrder() {
        limit(QuotaLimits.ofRequests(60));
        List<Waiter> line = Stream.generate(() -> gate.enter(CALL)).limit(3).toList();

        AskPermits ask = ask();
        assertThat(ask.want()).isEqualTo(new QuotaAmount(3, 300, 150));
        assertThat(ask.first()).isEqualTo(CALL);
        assertThat(step()).isEmpty();
        grant(ask.number(), new QuotaAmount(2, 200, 100));

        assertThat(line).extracting(waiter -> waiter.permit().isDone()).containsExactly(true, true, false);
        assertThat(ask().want()).isEqualTo(CALL);
    }

    @Test
    void aPermitIsNotUsedAfterItsTimeHoweverLateItsThreadWakes() {
        Permit permit = permit();
        pass(Duration.ofMillis(1_999));
        assertThat(permit.sent()).isTrue();

        Permit late = permit();
        pass(Duration.ofMillis(2_000));
        assertThat(late.sent()).isFalse();
        assertThat(late.sent()).isFalse();
    }

    @Test
    void aPermitsLifeBeginsWhenItWasAskedForNotWhenItCame() {
        limit(QuotaLimits.ofRequests(60));
        Waiter waiter = gate.enter(CALL);
        AskPermits ask = ask();
        pass(Duration.ofMillis(900));
        grant(ask.number(), CALL);

        pass(Duration.ofMillis(1_100));
        assertThat(waiter.permit().join().sent()).isFalse();
    }

    @Test
    void tellsWhatWasUsedAndByWhen() {
        Permit permit = permit();
        pass(Duration.ofNanos(30_500_000));
        assertThat(permit.sent()).isTrue();

        assertThat(told().spent()).containsExactly(new SpentGrant(1, 31, CALL));
    }

    @Test
    void whatIsGivenBackServesTheNextOrIsToldAsUnused() {
        Permit permit = permit();
        Waiter next = gate.enter(CALL);

        permit.close();
        assertThat(permit.sent()).isFalse();
        next.permit().join().close();

        pass(Duration.ofSeconds(2));
        assertThat(told().spent()).containsExactly(new SpentGrant(1, 0, QuotaAmount.NONE));
    }

    @Test
    void anAnswerToAnAskThatWasGivenUpIsGivenBackWhole() {
        limit(QuotaLimits.ofRequests(60));
        Waiter waiter = gate.enter(CALL);
        AskPermits first = ask();
        pass(Duration.ofSeconds(1));
        AskPermits second = ask();

        grant(first.number(), CALL);

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(waiter.permit()).isNotDone();
        assertThat(told().spent()).containsExactly(new SpentGrant(first.number(), 0, QuotaAmount.NONE));
    }

    @Test
    void asksAgainWhenItWasToldTo() {
        limit(QuotaLimits.ofRequests(60));
        gate.enter(CALL);
        AskPermits ask = ask();
        gate.granted(answer(ask.number(), QuotaAmount.NONE, Duration.ofMillis(700)));

        assertThat(step()).isEmpty();
        assertThat(Duration.ofNanos(due)).isEqualTo(Duration.ofMillis(700));
        pass(Duration.ofMillis(700));
        assertThat(ask().want()).isEqualTo(CALL);
    }

    @Test
    void oneThatLeavesTheLineTakesNothing() {
        limit(QuotaLimits.ofRequests(60));
        Waiter gone = gate.enter(CALL);
        Waiter next = gate.enter(CALL);
        AskPermits ask = ask();
        gate.leave(gone);
        grant(ask.number(), CALL);
        assertThat(next.permit().join().sent()).isTrue();

        Waiter late = gate.enter(CALL);
        grant(ask().number(), CALL);
        gate.leave(late);
        pass(Duration.ofSeconds(2));
        assertThat(told().spent()).contains(new SpentGrant(2, 0, QuotaAmount.NONE));
    }

    @Test
    void aHoldTakesEveryPermitAndAsksNobodyUntilItEnds() {
        Permit permit = permit();
        gate.hold(Duration.ofSeconds(3));
        Waiter waiter = gate.enter(CALL);

        assertThat(permit.sent()).isFalse();
        pass(Duration.ofMillis(2_900));
        assertThat(step())
                .allSatisfy(message ->
                        assertThat(((AskPermits) message).want().none()).isTrue());
        pass(Duration.ofMillis(100));
        grant(ask().number(), CALL);
        assertThat(waiter.permit().join().sent()).isTrue();
    }

    @Test
    void aRefusalIsToldAndHoldsTheLaneHereAtOnce() {
        Permit permit = permit();
        assertThat(permit.sent()).isTrue();
        permit.refused(Duration.ofSeconds(9), "429");

        assertThat(step()).contains(new HoldLane(LANE, Duration.ofSeconds(9), "429"));
        Waiter waiter = gate.enter(CALL);
        pass(Duration.ofMillis(8_999));
        step();
        assertThat(waiter.permit()).isNotDone();
    }

    @Test
    void aLaneWithoutLimitsOpensStepByStepAfterAHold() {
        gate.hold(Duration.ofSeconds(1));
        List<Waiter> line = Stream.generate(() -> gate.enter(CALL)).limit(100).toList();
        assertThat(gate.isFree()).isFalse();
        List<Long> open = new ArrayList<>();
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            step();
            open.add(line.stream().filter(waiter -> waiter.permit().isDone()).count());
            pass(Duration.ofNanos(due));
        }

        assertThat(open).containsExactly(2L, 6L, 14L, 30L);
        pass(Duration.ofSeconds(10));
        step();
        assertThat(line).allMatch(waiter -> waiter.permit().isDone());
        assertThat(gate.isFree()).isTrue();
    }

    @Test
    void aCallAboveTheLimitsIsRefusedWithItsNumbersAlsoWhileItWaits() {
        limit(new QuotaLimits(null, 99L, null));
        assertThatExceptionOfType(OverLimitException.class)
                .isThrownBy(() -> gate.enter(CALL))
                .withMessage("inputTokens: '100' must be at most 99, the limit of lane anthropic/main/claude");

        limit(new QuotaLimits(null, 100L, null));
        Waiter waiter = gate.enter(CALL);
        limit(new QuotaLimits(null, 99L, null));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiter.permit()::join)
                .withCauseInstanceOf(OverLimitException.class);
    }

    @Test
    void whoWaitsGoesWhenTheLimitsAreTakenAway() {
        limit(QuotaLimits.ofRequests(60));
        Waiter waiter = gate.enter(CALL);
        limit(QuotaLimits.NONE);
        step();

        assertThat(waiter.permit().join().sent()).isTrue();
        assertThat(gate.isFree()).isTrue();
    }

    @Test
    void tellsHowTokensDifferFromTheEstimateAndWhatTheProviderSays() {
        Permit permit = permit();
        var seen = new RateSnapshot(12L, null, null, null);
        permit.sent();
        permit.settle(90, 70);
        permit.settle(1, 1);
        permit.seen(seen);

        AskPermits told = told();
        assertThat(told.corrections()).containsExactly(new TokenCorrection(AT, -10, 20));
        assertThat(told.seen()).isEqualTo(seen);
        assertThat(step()).isEmpty();
        assertThat(due).isEqualTo(LaneGate.NEVER);
    }

    private Permit permit() {
        limit(QuotaLimits.ofRequests(60));
        Waiter waiter = gate.enter(CALL);
        grant(ask().number(), CALL);
        return waiter.permit().join();
    }

    private void limit(QuotaLimits limits) {
        gate.limit(limits);
    }

    private void grant(long number, QuotaAmount amount) {
        gate.granted(answer(number, amount, Duration.ZERO));
    }

    private static PermitsGranted answer(long number, QuotaAmount amount, Duration askAfter) {
        return new PermitsGranted(
                LANE, "worker-a", number, amount, AT, Duration.ofSeconds(2), askAfter, QuotaAmount.NONE);
    }

    private AskPermits ask() {
        return step().stream()
                .map(AskPermits.class::cast)
                .filter(ask -> !ask.want().none())
                .findFirst()
                .orElseThrow();
    }

    /** What it tells of its own accord. */
    private AskPermits told() {
        List<QuotaRequest> messages = step();
        if (messages.isEmpty()) {
            pass(Duration.ofMillis(100));
            messages = step();
        }
        return (AskPermits) messages.getFirst();
    }

    private List<QuotaRequest> step() {
        List<QuotaRequest> messages = new ArrayList<>();
        due = gate.step(messages);
        return messages;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
