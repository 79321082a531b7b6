package dev.agentfleet.worker.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.BudgetAmount;
import dev.agentfleet.contract.ReserveBudget;
import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SettleBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunBudgetsTest {

    private static final RunId RUN = new RunId("run-1");
    private static final RunBudget BUDGET = new RunBudget(100_000L, new BigDecimal("2.50"));
    private static final BudgetAmount CALL = new BudgetAmount(4_300, 64_500_000);
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final FakeBudgetOwner owner = new FakeBudgetOwner();
    private final RunBudgets budgets = new RunBudgets("worker-a", owner, Duration.ofMillis(20));

    @AfterEach
    void close() {
        budgets.close();
    }

    @Test
    void asksBeforeTheCallAndTellsAfterItWhatItTook() throws InterruptedException {
        Reserved reserved = reserve();
        reserved.settle(new BudgetAmount(1_000, 5));

        var ask = new ReserveBudget(RUN, "worker-a", 1, CALL, BUDGET, WITHIN);
        await().untilAsserted(() -> assertThat(owner.heard)
                .containsExactly(ask, new SettleBudget(RUN, "worker-a", 1, new BudgetAmount(1_000, 5))));
        assertThat(reserved.amount()).isEqualTo(CALL);
    }

    @Test
    void everyCallIsAReservationOfItsOwn() throws InterruptedException {
        reserve();
        reserve();

        assertThat(owner.asks()).extracting(ReserveBudget::number).containsExactly(1L, 2L);
    }

    @Test
    void asksAgainForTheSameReservationWhenNoAnswerComes() throws InterruptedException {
        owner.thenSilence().thenSilence();

        reserve();

        assertThat(owner.asks()).hasSize(3);
        assertThat(owner.asks()).extracting(ReserveBudget::number).containsOnly(1L);
    }

    @Test
    void asksAgainAfterAWhileWhenOthersAreInTheWay() throws InterruptedException {
        owner.thenWait(Duration.ofMillis(30)).thenWait(Duration.ofMillis(30));
        long since = System.nanoTime();

        reserve();

        assertThat(owner.asks()).extracting(ReserveBudget::number).containsExactly(1L, 1L, 1L);
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }

    @Test
    void saysWhichLimitIsReachedWhatIsSpentAndWhatTheCallMayTake() {
        owner.thenExhausted(98_000).thenExhausted(0);

        assertThatThrownBy(this::reserve)
                .isInstanceOf(BudgetExhaustedException.class)
                .hasMessage("options.budget.maxTokens: 98,000 of 100,000 tokens are spent, this call may take 4,300");
        assertThatThrownBy(() -> budgets.reserve(RUN, BUDGET, new BudgetAmount(1, 2_600_000_000L), WITHIN))
                .hasMessage("options.budget.maxUsd: 0 of 2.5 US dollars are spent, this call may take 2.6");
        assertThat(owner.settled()).as("nothing is reserved").isEmpty();
    }

    @Test
    void oneThatIsInterruptedWhileItWaitsGivesBackWhatItMayHaveGot() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            owner.thenSilence();
        }
        var ended = new AtomicReference<@Nullable Exception>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                reserve();
            } catch (InterruptedException e) {
                ended.set(e);
            }
        });
        await().untilAsserted(() -> assertThat(owner.asks()).isNotEmpty());

        caller.interrupt();
        caller.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        await().untilAsserted(() -> assertThat(owner.settled()).containsExactly(BudgetAmount.NONE));
        assertThat(owner.heard.getLast()).isInstanceOf(SettleBudget.class);
    }

    private Reserved reserve() throws InterruptedException {
        return budgets.reserve(RUN, BUDGET, CALL, WITHIN);
    }
}
