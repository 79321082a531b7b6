package dev.agentfleet.trial.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunBudget;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run's tasks on several workers, against a real broker and the real owner of its budget. */
@Tag("long")
class BudgetTrialIT {

    private static final long BUDGET = 200_000;
    private static final int TASKS_EACH = 30;
    private static final QuotaRules RULES = QuotaRules.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(3_000),
            Duration.ofMillis(500));

    private final AtomicLong used = new AtomicLong();
    private final List<SpendingWorker> workers = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theBudgetHoldsAndIsUsedWhileAWorkerIsKilledAndTheOwnerReplaced() throws Exception {
        try (TrialFleet fleet = new TrialFleet(folder, RULES, Map.of())) {
            SpendingWorker killed = worker(fleet, "killed", true);
            SpendingWorker second = worker(fleet, "second", true);
            SpendingWorker third = worker(fleet, "third", true);
            awaitUsed(BUDGET / 4);
            killed.kill();
            awaitUsed(BUDGET / 2);
            fleet.stopOwner();
            fleet.startOwner();
            second.awaitEnd();
            third.awaitEnd();

            int lost = TASKS_EACH * SpendingWorker.LARGEST_CALL;
            assertThat(used.get())
                    .isLessThanOrEqualTo(BUDGET)
                    .isGreaterThan(BUDGET - lost - SpendingWorker.LARGEST_CALL);
        } finally {
            workers.forEach(SpendingWorker::kill);
        }
    }

    /** Shows what reserving is for. */
    @Test
    void theBudgetDoesNotHoldWhereCallsAreOnlyToldAfterwards() throws Exception {
        try (TrialFleet fleet = new TrialFleet(folder, RULES, Map.of())) {
            List<SpendingWorker> all =
                    List.of(worker(fleet, "one", false), worker(fleet, "two", false), worker(fleet, "three", false));
            for (SpendingWorker worker : all) {
                worker.awaitEnd();
            }

            assertThat(used.get()).isGreaterThan(BUDGET);
        } finally {
            workers.forEach(SpendingWorker::kill);
        }
    }

    private SpendingWorker worker(TrialFleet fleet, String name, boolean reserving) {
        var worker = new SpendingWorker(
                fleet.bootstrapServers(), name, new RunBudget(BUDGET, null), used, reserving, TASKS_EACH);
        workers.add(worker);
        return worker;
    }

    private void awaitUsed(long tokens) {
        while (used.get() < tokens) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
