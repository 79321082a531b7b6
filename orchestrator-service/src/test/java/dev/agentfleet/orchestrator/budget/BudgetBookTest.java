package dev.agentfleet.orchestrator.budget;

import static dev.agentfleet.contract.BudgetReserved.Verdict.EXHAUSTED;
import static dev.agentfleet.contract.BudgetReserved.Verdict.GRANTED;
import static dev.agentfleet.contract.BudgetReserved.Verdict.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.BudgetReserved;
import dev.agentfleet.contract.BudgetReserved.Verdict;
import dev.agentfleet.contract.ForgetBudget;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetBookTest {

    private static final RunId RUN = new RunId("run-1");
    private static final RunBudget THOUSAND = new RunBudget(1_000L, null);
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(400);

    private final InMemoryBudgetStore store = new InMemoryBudgetStore();
    private BudgetBook book = new BudgetBook(store, KEPT);
    private long now = 1_000_000;

    @Test
    void grantsWhatFitsBesideWhatIsSpentAndReserved() {
        assertThat(reserve(1, 400)).isEqualTo(GRANTED);
        settle(1, 300);
        assertThat(reserve(2, 400)).isEqualTo(GRANTED);
        assertThat(reserve(3, 300)).isEqualTo(GRANTED);
        assertThat(reserve(4, 1)).isEqualTo(WAIT);
    }

    @Test
    void aCallThatWhatIsSpentLeavesNoRoomForIsToldWhatIsSpent() {
        reserve(1, 900);
        settle(1, 700);

        BudgetReserved answer = answer(2, 301);

        assertThat(answer.verdict()).isEqualTo(EXHAUSTED);
        assertThat(answer.spent()).isEqualTo(tokens(700));
        assertThat(answer.askAfter()).isNull();
        assertThat(reserve(3, 300)).isEqualTo(GRANTED);
    }

    @Test
    void aCallThatOnlyOthersReservationsLeaveNoRoomForIsToAskAgain() {
        reserve(1, 900);

        BudgetReserved answer = answer(2, 500);

        assertThat(answer.verdict()).isEqualTo(WAIT);
        assertThat(answer.askAfter()).isPositive();
        settle(1, 100);
        assertThat(reserve(2, 500)).isEqualTo(GRANTED);
    }

    @Test
    void whatACallTakesBeyondItsEstimateCounts() {
        reserve(1, 900);
        settle(1, 1_200);

        assertThat(answer(2, 1).spent()).isEqualTo(tokens(1_200));
        assertThat(reserve(2, 1)).isEqualTo(EXHAUSTED);
    }

    @Test
    void eachLimitHoldsByItself() {
        var both = new RunBudget(1_000L, new BigDecimal("0.5"));

        assertThat(take(new ReserveBudget(RUN, "a", 1, new BudgetAmount(10, 500_000_001), both, WITHIN)))
                .isEqualTo(EXHAUSTED);
        assertThat(take(new ReserveBudget(RUN, "a", 2, new BudgetAmount(10, 500_000_000), both, WITHIN)))
                .isEqualTo(GRANTED);
        assertThat(take(new ReserveBudget(RUN, "a", 3, new BudgetAmount(10, 1), both, WITHIN)))
                .isEqualTo(WAIT);
        assertThat(take(new ReserveBudget(RUN, "a", 4, new BudgetAmount(1_001, 0), both, WITHIN)))
                .isEqualTo(EXHAUSTED);
    }

    @Test
    void runsHaveNothingInCommon() {
        reserve(1, 1_000);

        var other = new ReserveBudget(new RunId("run-2"), "a", 1, tokens(1_000), THOUSAND, WITHIN);

        assertThat(take(other)).isEqualTo(GRANTED);
    }

    @Test
    void askingAgainIsTheSameReservation() {
        assertThat(reserve(1, 600)).isEqualTo(GRANTED);
        assertThat(reserve(1, 600)).isEqualTo(GRANTED);

        assertThat(reserve(2, 400)).isEqualTo(GRANTED);
        settle(2, 300);
        settle(1, 500);
        settle(1, 500);
        assertThat(ledger()).isEqualTo(new RunLedger(tokens(800), BudgetAmount.NONE, now));
    }

    @Test
    void anAskThatComesLateIsNotAnsweredAndCountsNothing() {
        reserve(1, 600);
        settle(1, 500);
        now += BudgetBook.REMEMBERED.toMillis() - 1;

        assertThat(take(new ReserveBudget(RUN, "a", 1, tokens(600), THOUSAND, WITHIN)))
                .isNull();

        assertThat(ledger().spent()).isEqualTo(tokens(500));
        assertThat(ledger().reserved()).isEqualTo(BudgetAmount.NONE);
    }

    @Test
    void whatNobodyReservedIsNotSettled() {
        settle(7, 500);

        assertThat(store.ledgers).isEmpty();
        assertThat(store.reservations).isEmpty();
    }

    @Test
    void whatNobodySettlesCountsAsSpentOnceItsCallMustBeOver() {
        reserve(1, 600);
        now += WITHIN.toMillis() - 1;
        assertThat(reserve(2, 500)).isEqualTo(WAIT);
        now += 1;

        assertThat(reserve(2, 500)).isEqualTo(EXHAUSTED);
        assertThat(reserve(1, 600)).as("its answer was lost").isEqualTo(GRANTED);
        assertThat(ledger().spent()).isEqualTo(tokens(600));
        assertThat(ledger().reserved()).isEqualTo(BudgetAmount.NONE);
    }

    @Test
    void aWordThatComesAfterThatCorrectsIt() {
        reserve(1, 600);
        now += WITHIN.toMillis();
        reserve(2, 1);

        settle(1, 50);
        settle(1, 50);

        assertThat(ledger().spent()).isEqualTo(tokens(50));
        assertThat(ledger().reserved()).isEqualTo(tokens(1));
    }

    @Test
    void anotherOwnerGoesOnWithWhatIsKept() {
        reserve(1, 600);
        book = new BudgetBook(store, KEPT);
        assertThat(reserve(2, 500)).isEqualTo(WAIT);
        now += WITHIN.toMillis();

        assertThat(reserve(2, 500)).isEqualTo(EXHAUSTED);
    }

    @Test
    void nothingIsLeftOfARunThatIsForgotten() {
        reserve(1, 600);
        reserve(2, 100);
        settle(2, 100);
        take(new ForgetBudget(RUN));
        settle(1, 10);
        assertThat(store.ledgers).isEmpty();

        now += WITHIN.toMillis();
        take(new ForgetBudget(RUN));

        assertThat(store.reservations).isEmpty();
        assertThat(reserve(3, 1_000)).isEqualTo(GRANTED);
    }

    @Test
    void aLedgerThatNobodyForgetsEndsByItself() {
        reserve(1, 600);
        now += KEPT.dividedBy(2).toMillis();
        reserve(2, 1);
        now += KEPT.dividedBy(2).toMillis();
        assertThat(reserve(3, 600)).isEqualTo(EXHAUSTED);
        now += KEPT.toMillis();

        take(new ForgetBudget(new RunId("other")));

        assertThat(store.ledgers).isEmpty();
        assertThat(store.reservations).isEmpty();
    }

    @Test
    void timeNeverGoesBack() {
        now += 1_000;
        reserve(1, 600);
        now -= 500_000;
        reserve(2, 1);

        assertThat(ledger().touched()).isEqualTo(now + 500_000);
    }

    private Verdict reserve(long number, long tokens) {
        return answer(number, tokens).verdict();
    }

    private BudgetReserved answer(long number, long tokens) {
        return Objects.requireNonNull(
                book.take(new ReserveBudget(RUN, "a", number, tokens(tokens), THOUSAND, WITHIN), now));
    }

    private void settle(long number, long tokens) {
        assertThat(take(new SettleBudget(RUN, "a", number, tokens(tokens)))).isNull();
    }

    private @Nullable Verdict take(BudgetRequest request) {
        BudgetReserved answer = book.take(request, now);
        return answer == null ? null : answer.verdict();
    }

    private RunLedger ledger() {
        return Objects.requireNonNull(store.ledger(RUN));
    }

    private static BudgetAmount tokens(long count) {
        return new BudgetAmount(count, 0);
    }
}
