package dev.agentfleet.orchestrator.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.quota.SimulatedLane.Arrival;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaPropertiesTest {

    private static final QuotaRules RULES = new QuotaRules(60_000, 2_000, 250, 15_000, 5_000);
    private static final QuotaRules SHORT = new QuotaRules(6_000, 1_000, 25, 1_500, 500);
    private static final long[] LIMITS = {1, 7, 60, 600};
    private static final int SEEDS = 40;

    @Test
    void noWindowSeesMoreCallsThanTheLimitWhateverBecomesOfTheWorkers() {
        for (QuotaRules rules : List.of(RULES, SHORT)) {
            for (long limit : LIMITS) {
                long near = 0;
                for (long seed = 0; seed < SEEDS; seed++) {
                    var lane = new SimulatedLane(QuotaLimits.ofRequests(limit), rules, seed, true, 0);

                    List<Arrival> arrivals = lane.run(limit < 600 ? 6 : 24, 10 * rules.window());

                    long most = SlidingWindow.most(arrivals, rules.window()).requests();
                    assertThat(most)
                            .as("limit=%d seed=%d window=%d", limit, seed, rules.window())
                            .isLessThanOrEqualTo(limit);
                    near += most >= 0.9 * limit ? 1 : 0;
                }
                // Else the law would hold because nobody came near it.
                assertThat(near).as("limit=%d window=%d", limit, rules.window()).isGreaterThan(SEEDS / 2);
            }
        }
    }

    @Test
    void noWindowSeesMoreTokensReservedThanTheLimit() {
        var limits = new QuotaLimits(100L, 40_000L, 9_000L);
        for (long seed = 0; seed < SEEDS; seed++) {
            var lane = new SimulatedLane(limits, SHORT, seed, true, 0);

            QuotaAmount most = SlidingWindow.most(lane.run(6, 10 * SHORT.window()), SHORT.window());

            assertThat(most.fits(limits.amount()))
                    .as("seed=%d most=%s", seed, most)
                    .isTrue();
        }
    }

    /** Shows that the law above can be broken, and by what. */
    @Test
    void permitsThatAreUsedTooLateBreakTheLimit() {
        long broken = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var lane = new SimulatedLane(QuotaLimits.ofRequests(60), SHORT, seed, true, SHORT.window());

            List<Arrival> arrivals = lane.run(40, 10 * SHORT.window());

            broken += SlidingWindow.most(arrivals, SHORT.window()).requests() > 60 ? 1 : 0;
        }
        assertThat(broken).isGreaterThan(SEEDS / 2);
    }

    @Test
    void workersThatWantMoreThanTheyGetUseNineTenthsOfTheLimit() {
        for (QuotaRules rules : List.of(RULES, SHORT)) {
            for (long limit : new long[] {60, 600}) {
                var lane = new SimulatedLane(QuotaLimits.ofRequests(limit), rules, 7, false, 0);
                int windows = 20;

                List<Arrival> arrivals = lane.run(4, windows * rules.window());

                assertThat(SlidingWindow.most(arrivals, rules.window()).requests())
                        .isLessThanOrEqualTo(limit);
                assertThat((double) arrivals.size())
                        .as("limit=%d window=%d", limit, rules.window())
                        .isGreaterThan(0.9 * limit * windows);
            }
        }
    }

    @Test
    void whatIsKeptOfALaneIsBounded() {
        var lane = new SimulatedLane(QuotaLimits.ofRequests(600), RULES, 3, true, 0);

        lane.run(20, 20 * RULES.window());

        assertThat(lane.ledger().used().size()).isLessThan(150);
        assertThat(lane.ledger().open().size()).isLessThan(100);
        assertThat(lane.ledger().places().size()).isLessThanOrEqualTo(20);
    }
}
