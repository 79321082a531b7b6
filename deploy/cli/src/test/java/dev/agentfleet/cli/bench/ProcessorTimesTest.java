package dev.agentfleet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorTimesTest {
    private final Map<Long, String> running = new HashMap<>();
    private final Map<Long, Duration> sinceStart = new HashMap<>();
    private final ProcessorTimes times = new ProcessorTimes(() -> running, sinceStart::get);

    @Test
    void countsFromTheBeginning() {
        runs(1, "broker", 40);
        times.begin();
        runs(1, "broker", 42);

        times.look();

        assertThat(times.seconds("broker")).isEqualTo(2);
    }

    @Test
    void addsUpTheProcessesOfOneNameWhichARestartLeavesBehind() {
        runs(1, "orchestrator", 100);
        times.begin();
        runs(1, "orchestrator", 103);
        times.look();
        ends(1);
        runs(2, "orchestrator", 5);
        times.look();
        ends(2);
        runs(3, "orchestrator", 7);

        times.look();

        assertThat(times.seconds("orchestrator")).isEqualTo(3 + 5 + 7);
    }

    @Test
    void keepsWhatAProcessHadTakenThatEndedWithoutASuccessor() {
        times.begin();
        runs(1, "worker-1", 4);
        runs(2, "worker-2", 6);
        times.look();
        ends(1);

        times.look();

        assertThat(times.seconds("worker-1")).isEqualTo(4);
        assertThat(times.seconds("worker-2")).isEqualTo(6);
    }

    @Test
    void keepsWhatAProcessHadTakenThatEndsWhileItIsLookedAt() {
        runs(1, "worker-1", 4);
        times.begin();
        runs(1, "worker-1", 0);

        times.look();

        assertThat(times.seconds("worker-1")).isZero();
    }

    @Test
    void forgetsWhatWasTakenBeforeItBeginsAnew() {
        times.begin();
        runs(1, "worker-1", 4);
        times.look();
        ends(1);

        times.begin();

        assertThat(times.seconds("worker-1")).isZero();
    }

    private void runs(long pid, String name, int seconds) {
        running.put(pid, name);
        sinceStart.put(pid, Duration.ofSeconds(seconds));
    }

    private void ends(long pid) {
        running.remove(pid);
        sinceStart.put(pid, Duration.ZERO);
    }
}
