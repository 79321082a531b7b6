package dev.agentfleet.orchestrator.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AskPermits;
import dev.agentfleet.contract.AskPermits.SpentGrant;
import dev.agentfleet.contract.AskPermits.TokenCorrection;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.RateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneDecisionsTest {

    private static final Lane LANE = new Lane("anthropic", "main", "claude");
    private static final QuotaRules RULES = new QuotaRules(60_000, 2_000, 250, 10_000, 5_000);
    private static final long START = 1_000_000;
    private static final QuotaAmount ALL = QuotaLimits.NONE.amount();

    private final LaneDecisions decisions = new LaneDecisions(RULES);
    private LaneLedger lane = LaneLedger.of(QuotaLimits.ofRequests(100));
    private long now = START;
    private long number;

    @Test
    void grantsNoMoreThanAPartOfTheLimitAtATime() {
        assertThat(ask("a", 100).amount().requests()).isEqualTo(5);
        assertThat(ask("b", 3).amount().requests()).isEqualTo(3);
    }

    @Test
    void grantsTheLastCallAndThenSaysWhenToAskAgain() {
        limit(QuotaLimits.ofRequests(2));
        ask("a", 1);
        settle("a", 1, 100);
        now += 58_000;
        ask("a", 1);

        PermitsGranted none = ask("a", 1);

        assertThat(none.amount()).isEqualTo(QuotaAmount.NONE);
        assertThat(none.askAfter()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_000));
    }

    @Test
    void aGrantCountsUntilTheWindowAfterItsLastUseIsOver() {
        limit(QuotaLimits.ofRequests(1));
        ask("a", 1);
        settle("a", 1, 100);

        now = START + 60_000;
        assertThat(ask("a", 1).amount().requests()).isZero();
        now = START + 60_000 + 100 + RULES.slack() + RULES.span();
        assertThat(ask("a", 1).amount().requests()).isEqualTo(1);
    }

    @Test
    void aGrantNobodyTellsOfCountsAsUsedWhenItExpires() {
        limit(QuotaLimits.ofRequests(1));
        ask("a", 1);

        now = START + 60_000 + RULES.validFor();
        assertThat(ask("b", 1).amount().requests()).isZero();
        now = START + 60_000 + RULES.validFor() + RULES.slack() + RULES.span();
        assertThat(ask("b", 1).amount().requests()).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackMayBeGrantedAgain() {
        limit(QuotaLimits.ofRequests(20));
        for (int i = 0; i < 20; i++) {
            ask("a", 1);
        }
        assertThat(ask("b", 1).amount().requests()).isZero();

        tell("a", new SpentGrant(number - 1, 0, QuotaAmount.NONE));

        assertThat(ask("b", 1).amount().requests()).isEqualTo(1);
    }

    @Test
    void onlyTheFirstWordOnAGrantCountsAndOnlyItsOwnersOne() {
        limit(QuotaLimits.ofRequests(1));
        ask("a", 1);
        long asked = number;

        tell("b", new SpentGrant(asked, 0, QuotaAmount.NONE));
        assertThat(ask("b", 1).amount().requests()).isZero();
        tell("a", new SpentGrant(asked, 0, QuotaAmount.call(0, 0)));
        tell("a", new SpentGrant(asked, 0, QuotaAmount.NONE));
        assertThat(ask("b", 1).amount().requests()).isZero();
    }

    @Test
    void aWorkerCannotClaimToHaveUsedMoreThanItGot() {
        ask("a", 1);

        tell("a", new SpentGrant(number, Long.MAX_VALUE, new QuotaAmount(1_000, 0, 0)));

        assertThat(ask("b", 1).left().requests()).isEqualTo(98);
    }

    @Test
    void setsAsideWhatThoseNeedWhoCameFirst() {
        limit(new QuotaLimits(null, 1_000L, null));
        ask("a", new QuotaAmount(1, 600, 0), new QuotaAmount(1, 600, 0));
        settle("a", number, 0);
        ask("a", new QuotaAmount(1, 300, 0), new QuotaAmount(1, 300, 0));
        settle("a", number, 0);

        assertThat(ask("large", QuotaAmount.call(700, 0)).amount().requests()).isZero();
        assertThat(ask("small", QuotaAmount.call(50, 0)).amount().requests()).isZero();

        now += RULES.place();
        assertThat(ask("small", QuotaAmount.call(50, 0)).amount().requests()).isEqualTo(1);
    }

    @Test
    void aCallThatNoLimitAllowsStandsInNobodysWay() {
        limit(new QuotaLimits(null, 1_000L, null));

        assertThat(ask("huge", QuotaAmount.call(1_001, 0)).amount().requests()).isZero();
        assertThat(ask("small", QuotaAmount.call(50, 0)).amount().requests()).isEqualTo(1);
    }

    @Test
    void tokensBeyondTheEstimateCountAndTokensNotUsedAreGivenBack() {
        limit(new QuotaLimits(null, null, 1_000L));
        ask("a", QuotaAmount.call(0, 400));
        Instant grantedAt = Instant.ofEpochMilli(now);
        settle("a", number, 0, QuotaAmount.call(0, 400));
        assertThat(ask("b", QuotaAmount.call(0, 10)).left().outputTokens()).isEqualTo(590);

        now += 1_000;
        correct(new TokenCorrection(grantedAt, 0, 200));
        assertThat(ask("b", QuotaAmount.call(0, 0)).left().outputTokens()).isEqualTo(390);
        correct(new TokenCorrection(grantedAt, 0, -300));
        assertThat(ask("b", QuotaAmount.call(0, 0)).left().outputTokens()).isEqualTo(690);
    }

    @Test
    void aCorrectionOfWhatCountsNoMoreChangesNothing() {
        limit(new QuotaLimits(null, null, 1_000L));
        ask("a", QuotaAmount.call(0, 400));
        Instant grantedAt = Instant.ofEpochMilli(now);
        now += 70_000;
        ask("b", QuotaAmount.call(0, 400));

        correct(new TokenCorrection(grantedAt, 0, -400));

        assertThat(ask("b", QuotaAmount.call(0, 0)).left().outputTokens()).isEqualTo(600);
    }

    @Test
    void theProvidersWordLowersWhatIsLeftAndNeverRaisesIt() {
        see(new RateSnapshot(10L, null, null, Duration.ofSeconds(30)));
        assertThat(ask("a", 1).left().requests()).isEqualTo(9);

        see(new RateSnapshot(1_000L, null, null, Duration.ofSeconds(30)));
        assertThat(ask("a", 1).left().requests()).isEqualTo(98);
    }

    @Test
    void theProvidersWordCountsUntilItsReset() {
        see(new RateSnapshot(0L, null, null, Duration.ofSeconds(30)));
        assertThat(ask("a", 1).amount().requests()).isZero();

        now += 30_000;
        assertThat(ask("a", 1).amount().requests()).isEqualTo(1);
    }

    @Test
    void aRefusalHoldsTheLaneForAllAndOpensItSlowly() {
        Control told = Objects.requireNonNull(
                decide(new HoldLane(LANE, Duration.ofSeconds(20), "429")).control());
        assertThat(told).isEqualTo(new HoldLane(LANE, Duration.ofSeconds(20), "429"));

        assertThat(ask("a", 1).amount().requests()).isZero();
        now += 19_999;
        assertThat(ask("a", 1).amount().requests()).isZero();
        now += 1;
        assertThat(ask("a", 1).left().requests()).isEqualTo(9);
        now += 5_000;
        assertThat(ask("a", 1).left().requests()).isEqualTo(53);
        now += 5_000;
        assertThat(ask("a", 1).left().requests()).isEqualTo(97);
    }

    @Test
    void manyRefusalsAtOnceAreToldOnce() {
        decide(new HoldLane(LANE, Duration.ofSeconds(20), "429"));
        int told = 0;
        for (int i = 0; i < 100; i++) {
            now += 10;
            told += decide(new HoldLane(LANE, Duration.ofSeconds(20), "429")).control() == null ? 0 : 1;
        }

        assertThat(told).isEqualTo(2);
        assertThat(Objects.requireNonNull(lane.hold()).until()).isEqualTo(now + 20_000);
    }

    @Test
    void aLaneRefusedWhileItOpensIsHeldTwiceAsLong() {
        decide(new HoldLane(LANE, null, "529"));
        assertThat(Objects.requireNonNull(lane.hold()).until() - now).isEqualTo(5_000);
        now += 6_000;
        decide(new HoldLane(LANE, null, "529"));
        assertThat(Objects.requireNonNull(lane.hold()).until() - now).isEqualTo(10_000);
        now += 25_000;
        decide(new HoldLane(LANE, null, "529"));
        assertThat(Objects.requireNonNull(lane.hold()).until() - now).isEqualTo(5_000);
    }

    @Test
    void noProviderHoldsALaneForEver() {
        decide(new HoldLane(LANE, Duration.ofDays(3_000), "429"));

        assertThat(Objects.requireNonNull(lane.hold()).until() - now).isEqualTo(QuotaRules.MOST_HOLD);
    }

    @Test
    void aLimitThatIsChangedCountsAtOnce() {
        for (int i = 0; i < 6; i++) {
            ask("a", 5);
        }
        assertThat(limit(QuotaLimits.ofRequests(30))).isEqualTo(new LimitLane(LANE, QuotaLimits.ofRequests(30)));

        assertThat(ask("a", 1).amount().requests()).isZero();
        limit(QuotaLimits.ofRequests(31));
        assertThat(ask("a", 1).amount().requests()).isEqualTo(1);
        limit(QuotaLimits.NONE);
        assertThat(ask("a", 5_000).amount().requests()).isEqualTo(5_000);
    }

    @Test
    void configurationReplacesWhatWasSetOnlyWhenItIsChanged() {
        limit(QuotaLimits.ofRequests(30));

        assertThat(lane.configuredTo(QuotaLimits.ofRequests(100)).limits()).isEqualTo(QuotaLimits.ofRequests(30));
        assertThat(lane.configuredTo(QuotaLimits.ofRequests(50)).limits()).isEqualTo(QuotaLimits.ofRequests(50));
    }

    @Test
    void timeNeverGoesBack() {
        ask("a", 1);
        now -= 5_000;

        assertThat(ask("a", 1).grantedAt()).isEqualTo(Instant.ofEpochMilli(START));
    }

    @Test
    void oneThatOnlyTellsIsNotAnswered() {
        assertThat(decide(ask("a", QuotaAmount.NONE, QuotaAmount.NONE, List.of(), List.of(), null))
                        .granted())
                .isNull();
    }

    private PermitsGranted ask(String worker, long calls) {
        return ask(worker, new QuotaAmount(calls, 0, 0), QuotaAmount.call(0, 0));
    }

    private PermitsGranted ask(String worker, QuotaAmount call) {
        return ask(worker, call, call);
    }

    private PermitsGranted ask(String worker, QuotaAmount want, QuotaAmount first) {
        return Objects.requireNonNull(
                decide(ask(worker, want, first, List.of(), List.of(), null)).granted());
    }

    private void settle(String worker, long asked, long byMillis) {
        settle(worker, asked, byMillis, ALL);
    }

    private void settle(String worker, long asked, long byMillis, QuotaAmount used) {
        tell(worker, new SpentGrant(asked, byMillis, used));
    }

    private void tell(String worker, SpentGrant spent) {
        decide(ask(worker, QuotaAmount.NONE, QuotaAmount.NONE, List.of(spent), List.of(), null));
    }

    private void correct(TokenCorrection correction) {
        decide(ask("a", QuotaAmount.NONE, QuotaAmount.NONE, List.of(), List.of(correction), null));
    }

    private void see(RateSnapshot seen) {
        decide(ask("a", QuotaAmount.NONE, QuotaAmount.NONE, List.of(), List.of(), seen));
    }

    private @Nullable Control limit(QuotaLimits limits) {
        return decide(new LimitLane(LANE, limits)).control();
    }

    private AskPermits ask(
            String worker,
            QuotaAmount want,
            QuotaAmount first,
            List<SpentGrant> spent,
            List<TokenCorrection> corrections,
            @Nullable RateSnapshot seen) {
        number += want.none() ? 0 : 1;
        return new AskPermits(LANE, worker, number, want, first, spent, corrections, seen);
    }

    private LaneAnswer decide(QuotaRequest request) {
        LaneAnswer answer = decisions.decide(lane, request, now);
        lane = answer.next();
        return answer;
    }
}
