package dev.agentfleet.orchestrator.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.orchestrator.budget.SimulatedRun.Trouble;
import org.junit.jupiter.api.Test;

class BudgetPropertiesTest {

    private static final long[] BUDGETS = {100, 2_000, 50_000};
    private static final int SEEDS = 100;
    private static final int WORKERS = 6;
    private static final int TASKS_EACH = 5;

    private static final Trouble EXACT = new Trouble(0.05, 0.1, 0.05, 0.01, 0.02, 0.02, 0);
    private static final Trouble WRONG = new Trouble(0.05, 0.1, 0.05, 0.01, 0.02, 0.02, 0.1);

    @Test
    void callsThatTakeNoMoreThanEstimatedNeverPassTheBudget() {
        for (long budget : BUDGETS) {
            for (long seed = 0; seed < SEEDS; seed++) {
                SimulatedRun run = run(budget, EXACT, true, seed);

                assertThat(run.used()).as("budget=%d seed=%d", budget, seed).isLessThanOrEqualTo(budget);
            }
        }
    }

    @Test
    void callsThatTakeMoreThanEstimatedPassItByNoMoreThanThat() {
        long passed = 0;
        for (long budget : BUDGETS) {
            for (long seed = 0; seed < SEEDS; seed++) {
                SimulatedRun run = run(budget, WRONG, true, seed);

                assertThat(run.used())
                        .as("budget=%d seed=%d", budget, seed)
                        .isLessThanOrEqualTo(budget + run.unforeseen());
                passed += run.used() > budget ? 1 : 0;
            }
        }
        // Else it would hold because it never happens.
        assertThat(passed).isPositive();
    }

    /** Shows that the law above can be broken, and by what. */
    @Test
    void callsThatAreToldOnlyAfterwardsPassTheBudget() {
        long broken = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            broken += run(2_000, EXACT, false, seed).used() > 2_000 ? 1 : 0;
        }

        assertThat(broken).isGreaterThan(SEEDS / 2);
    }

    @Test
    void allButAPartThatIsSmallerThanACallCanBeSpent() {
        for (long budget : BUDGETS) {
            for (long seed = 0; seed < SEEDS; seed++) {
                SimulatedRun calm = run(budget, Trouble.NONE, true, seed);
                SimulatedRun troubled = run(budget, EXACT, true, seed);

                long most = budget - SimulatedRun.LARGEST_CALL;
                assertThat(calm.used()).as("budget=%d seed=%d", budget, seed).isEqualTo(calm.spent());
                assertThat(calm.used()).as("budget=%d seed=%d", budget, seed).isGreaterThan(most);
                assertThat(troubled.spent())
                        .as("budget=%d seed=%d", budget, seed)
                        .isGreaterThan(most);
            }
        }
    }

    @Test
    void nothingOfACallIsLeftAfterAWhile() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedRun run = run(50_000, WRONG, true, seed);

            assertThat(run.leftovers()).as("seed=%d", seed).isZero();
        }
    }

    private static SimulatedRun run(long budget, Trouble trouble, boolean reserving, long seed) {
        SimulatedRun run = new SimulatedRun(budget, trouble, reserving, seed);
        run.run(WORKERS, TASKS_EACH);
        return run;
    }
}
