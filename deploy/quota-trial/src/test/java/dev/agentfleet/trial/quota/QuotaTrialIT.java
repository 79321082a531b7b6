package dev.agentfleet.trial.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short window instead of a minute; what is kept of it does not depend on its length. */
@Tag("long")
class QuotaTrialIT {

    private static final Lane LANE = new Lane("anthropic", "main", "claude");
    private static final Duration WINDOW = Duration.ofSeconds(15);
    private static final long LIMIT = 150;
    private static final Duration HOLD = TrialWorker.HOLD;
    private static final int CALLERS = 100;
    private static final QuotaRules RULES = QuotaRules.of(
            WINDOW, Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMillis(3_000), Duration.ofMillis(500));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theLimitHoldsAndIsUsedWhileAWorkerIsKilledOnePausedAndOneAdded() throws Exception {
        try (TrialFleet fleet = fleet()) {
            TrialWorker killed = fleet.worker("killed", LANE, CALLERS);
            TrialWorker paused = fleet.worker("paused", LANE, CALLERS);
            fleet.worker("third", LANE, CALLERS);
            fleet.worker("fourth", LANE, CALLERS);
            Duration warm = awaitFirstCall(fleet).plus(WINDOW);
            at(fleet, warm.plusSeconds(5));
            killed.kill();
            at(fleet, warm.plusSeconds(10));
            paused.pause();
            at(fleet, warm.plusSeconds(15));
            fleet.worker("added", LANE, CALLERS);
            at(fleet, warm.plusSeconds(30));
            paused.resume();
            int windows = 3;
            Duration end = warm.plus(WINDOW.multipliedBy(windows));
            at(fleet, end);

            int used = fleet.calls().between(warm, end).size();
            assertThat(fleet.calls().most(WINDOW)).isLessThanOrEqualTo((int) LIMIT);
            assertThat(used).isGreaterThanOrEqualTo((int) (0.9 * LIMIT * windows));
            assertThat(fleet.calls().between(warm.plusSeconds(16), end))
                    .extracting(CallLog.Call::worker)
                    .contains("added", "third", "fourth")
                    .doesNotContain("killed");
        }
    }

    /** Shows what the expiry is for: workers whose permits outlive a pause. */
    @Test
    void theLimitDoesNotHoldWherePermitsOutliveAPause() throws Exception {
        try (TrialFleet fleet = fleet()) {
            List<TrialWorker> forgetful = List.of(
                    fleet.forgetful("one", LANE, CALLERS),
                    fleet.forgetful("two", LANE, CALLERS),
                    fleet.forgetful("three", LANE, CALLERS));
            awaitFirstCall(fleet);
            forgetful.forEach(TrialWorker::pause);
            fleet.worker("four", LANE, CALLERS);
            fleet.worker("five", LANE, CALLERS);
            at(fleet, fleet.calls().now().plus(WINDOW.multipliedBy(2)));
            forgetful.forEach(TrialWorker::resume);
            at(fleet, fleet.calls().now().plusSeconds(2));

            assertThat(fleet.calls().most(WINDOW)).isGreaterThan((int) LIMIT);
        }
    }

    @Test
    void theLimitHoldsWhileItsOwnerIsReplaced() throws Exception {
        try (TrialFleet fleet = fleet()) {
            fleet.worker("one", LANE, CALLERS);
            fleet.worker("two", LANE, CALLERS);
            Duration warm = awaitFirstCall(fleet).plus(WINDOW);
            for (int i = 0; i < 2; i++) {
                fleet.stopOwner();
                at(fleet, fleet.calls().now().plusSeconds(1));
                fleet.startOwner();
                at(fleet, fleet.calls().now().plus(WINDOW));
            }

            assertThat(fleet.calls().most(WINDOW)).isLessThanOrEqualTo((int) LIMIT);
            assertThat(fleet.calls().between(warm, fleet.calls().now())).hasSizeGreaterThan((int) LIMIT);
        }
    }

    @Test
    void aRefusalStopsAllWithinTwoSecondsAndTheLaneOpensSlowly() throws Exception {
        try (TrialFleet fleet = fleet()) {
            fleet.ask(new LimitLane(LANE, QuotaLimits.ofRequests(6_000)));
            TrialWorker refused = fleet.worker("refused", LANE, 5);
            fleet.worker("other", LANE, 5);
            awaitFirstCall(fleet);
            at(fleet, fleet.calls().now().plusMillis(500));
            Duration refusal = refused.refuseNext();
            at(fleet, refusal.plusSeconds(12));

            Duration stopped = refusal.plusSeconds(2);
            Duration opened = refusal.plusSeconds(HOLD.toSeconds());
            int before =
                    fleet.calls().between(refusal.minusMillis(500), refusal).size();
            int during = fleet.calls().between(stopped, opened).size();
            int after = fleet.calls().between(opened, refusal.plusSeconds(12)).size();
            assertThat(before).isPositive();
            assertThat(during).isZero();
            assertThat(after).isPositive();
        }
    }

    @Test
    void aLimitIsRaisedWhileCallsWait() throws Exception {
        try (TrialFleet fleet = fleet()) {
            fleet.worker("one", LANE, CALLERS);
            fleet.worker("two", LANE, CALLERS);
            awaitFirstCall(fleet);
            fleet.ask(new LimitLane(LANE, QuotaLimits.ofRequests(2 * LIMIT)));
            at(fleet, fleet.calls().now().plus(WINDOW.multipliedBy(2)));

            assertThat(fleet.calls().most(WINDOW)).isGreaterThan((int) LIMIT).isLessThanOrEqualTo((int) (2 * LIMIT));
        }
    }

    private TrialFleet fleet() throws Exception {
        return new TrialFleet(folder, RULES, Map.of(LANE, QuotaLimits.ofRequests(LIMIT)));
    }

    private static Duration awaitFirstCall(TrialFleet fleet) {
        while (fleet.calls().between(Duration.ZERO, fleet.calls().now()).isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        return fleet.calls().now();
    }

    private static void at(TrialFleet fleet, Duration time) {
        while (fleet.calls().now().compareTo(time) < 0) {
            LockSupport.parkNanos(time.minus(fleet.calls().now()).toNanos());
        }
    }
}
