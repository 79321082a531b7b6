package dev.agentfleet.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.partition.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolWindowsTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final WorkerDirectory workers = new WorkerDirectory(Duration.ofSeconds(15), () -> now);
    private final Placement placement = new Placement(workers, () -> now);
    private final PoolWindows windows = new PoolWindows(workers, placement, () -> now);

    @Test
    void isTwiceTheSlotsAndSharedByThoseWhoHaveWork() {
        heartbeat("a", 100, false);
        heartbeat("b", 50, false);
        heartbeat("c", 50, true);
        Window first = windows.of(0);
        Window second = windows.of(1);
        first.demand("default", true);
        assertThat(first.size("default")).isEqualTo(300);

        second.demand("default", true);
        assertThat(first.size("default")).isEqualTo(150);
        second.demand("default", false);
        assertThat(first.size("default")).isEqualTo(300);
    }

    @Test
    void growsWithWhatThePoolServesAndShrinksSlowly() {
        heartbeat("a", 10, false);
        Window window = windows.of(0);
        assertThat(window.size("default")).isEqualTo(20);

        serve(window, 1_000);
        assertThat(window.size("default")).isEqualTo(10 + 600);
        serve(window, 0);
        assertThat(window.size("default")).isBetween(480, 500);
    }

    @Test
    void fadesAsClaimedAttemptsTakeTheSlots() {
        heartbeat("a", 32, false);
        Window window = windows.of(0);
        assertThat(window.size("default")).isEqualTo(64);

        claimAndPass(24);
        assertThat(window.size("default")).isEqualTo(16);
        for (int home = 0; home < 12; home++) {
            windows.of(home).demand("default", true);
        }
        assertThat(window.size("default"))
                .as("no more than a fair share and a quarter of the floor")
                .isEqualTo(4);

        claimAndPass(8);
        assertThat(window.size("default")).isEqualTo(1);
    }

    @Test
    void leavesSomethingInKafkaWhenNoWorkerLives() {
        assertThat(windows.of(0).size("default")).isEqualTo(16);
    }

    @Test
    void isFullWhereTasksWaitForIt() {
        windows.of(0).demand("gpu", true);
        windows.of(1).demand("default", true);
        windows.of(1).demand("default", false);

        assertThat(windows.full(0)).containsExactly("gpu");
        assertThat(windows.full(1)).isEmpty();
    }

    @Test
    void forgetsWorkersThatFallSilentTogether() {
        heartbeat("a", 100, false);
        assertThat(workers.alive()).hasSize(1);

        now = now.plusSeconds(16);

        assertThat(workers.alive()).isEmpty();
    }

    private void claimAndPass(int tasks) {
        for (int i = 0; i < tasks; i++) {
            placement.of(0).claimed(new TaskId(new RunId("run-" + now), i), "default", "a");
        }
        now = now.plusMillis(200);
    }

    private void serve(Window window, int tasks) {
        for (int i = 0; i < tasks; i++) {
            window.served("default");
        }
        now = now.plusMillis(200);
    }

    private void heartbeat(String id, int slots, boolean draining) {
        workers.heard(
                new WorkerHeartbeat(id, "1", "default", List.of(), slots, 0, List.of(), List.of(), draining), now);
    }
}
