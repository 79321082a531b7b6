package dev.agentfleet.orchestrator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.StartAfter;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HomeLoadTest {

    private final Home home = new Home();

    @Test
    void tellsWhatWaitsWhatIsInFlightAndSinceWhen() {
        home.window = 3;
        var admitted = home.now;
        home.submit(10, null);
        home.now = home.now.plusSeconds(5);
        home.request(new RunId("later"), SubmitRun.batch(new RunId("later"), Home.specs(4), null));

        assertThat(home.load().pools()).containsOnlyKeys("default");
        assertThat(home.load().pools().get("default")).isEqualTo(new PoolLoad(11, admitted, 3, 0, 11, admitted));
        assertThat(home.load().activeRuns()).isEqualTo(2);
    }

    @Test
    void isTheSameAfterARestart() {
        home.window = 3;
        home.submit(10, null);
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.retryable("FLAKY", "it is flaky"));
        HomeLoad before = home.load();

        home.restart();

        assertThat(home.load()).isEqualTo(before);
        assertThat(before.backingOff()).isEqualTo(1);
    }

    @Test
    void tellsClaimedFromDispatchedAndSinceWhenTheOldestDispatchWaits() {
        home.window = 2;
        home.submit(2, null);
        var first = home.outbox.takeAssignments();
        var admitted = home.now;
        home.claim(first.getFirst());
        home.now = home.now.plusSeconds(5);
        home.request(new RunId("later"), SubmitRun.batch(new RunId("later"), Home.specs(1), null));
        HomeLoad before = home.load();
        home.succeed(first.getLast());

        assertThat(before.pools().get("default")).isEqualTo(new PoolLoad(0, null, 3, 1, 0, admitted));
        assertThat(home.load().pools().get("default")).isEqualTo(new PoolLoad(0, null, 2, 1, 0, home.now));
    }

    @Test
    void whatARunsConcurrencyHoldsBackIsNotSendable() {
        home.window = 0;
        home.submit(10, new RunOptions(3, null, null, null, null, null));
        PoolLoad before = Objects.requireNonNull(home.load().pools().get("default"));
        home.window = 2;
        home.work();

        assertThat(before).isEqualTo(new PoolLoad(10, home.now, 0, 0, 3, null));
        assertThat(home.load().pools().get("default")).isEqualTo(new PoolLoad(8, home.now, 2, 0, 1, home.now));
    }

    @Test
    void aRetryIsSendableFromTheEndOfItsBackoffUntilItsRunIsCancelled() {
        home.submit(1, null);
        home.fail(home.outbox.takeAssignments().getFirst(), Failure.retryable("FLAKY", "it is flaky"));
        home.window = 0;
        int backingOff = sendable();
        home.pass(Duration.ofMinutes(2));
        int due = sendable();
        home.restart();
        home.tick();
        int dueAfterRestart = sendable();
        home.request(Home.RUN, new CancelRun(Home.RUN, null, "not needed"));
        home.work();

        assertThat(backingOff).isZero();
        assertThat(due).isEqualTo(1);
        assertThat(dueAfterRestart).isEqualTo(1);
        assertThat(sendable()).isZero();
    }

    /** It would look like a backlog of hours. */
    @Test
    void aHeldRunWaitsForNobodyAndThenFromItsStartOn() {
        home.window = 0;
        Instant start = home.now.plus(Duration.ofHours(2));
        home.submit(10, RunOptions.DEFAULTS.startingAfter(new StartAfter.Delay(Duration.ofHours(2))));
        home.pass(Duration.ofHours(1));

        assertThat(home.load()).isEqualTo(new HomeLoad(Map.of(), 0, 1));

        home.pass(Duration.ofHours(1).plusSeconds(5));
        HomeLoad started = home.load();
        home.restart();

        assertThat(started.pools()).isEqualTo(Map.of("default", new PoolLoad(10, start, 0, 0, 10, null)));
        assertThat(home.load()).isEqualTo(started);
    }

    @Test
    void isEmptyWhenAllIsDone() {
        home.submit(10, null);
        home.finishAll();

        assertThat(home.load()).isEqualTo(new HomeLoad(Map.of("default", new PoolLoad(0, null, 0, 0, 0, null)), 0, 0));
    }

    @Test
    void aCancelledRunStopsWaitingAsItsTasksGetTheirOutcomes() {
        home.window = 1;
        home.submit(500, null);
        home.request(Home.RUN, new CancelRun(Home.RUN, null, "not needed"));
        home.work();

        assertThat(home.load().pools().get("default")).isEqualTo(new PoolLoad(0, null, 0, 0, 0, null));
        assertThat(home.load().activeRuns()).isZero();
    }

    @Test
    void aRunCountsForThePoolOfItsNextTask() {
        home.window = 0;
        home.request(
                Home.RUN,
                SubmitRun.batch(
                        Home.RUN,
                        List.of(
                                new TaskSpec("echo", Payload.NULL, "gpu", null),
                                new TaskSpec("echo", Payload.NULL, "cpu", null)),
                        null));

        assertThat(home.load().pools()).containsOnlyKeys("gpu");
        assertThat(home.load().pools().get("gpu")).isEqualTo(new PoolLoad(2, home.now, 0, 0, 2, null));
    }

    private int sendable() {
        return Objects.requireNonNull(home.load().pools().get("default")).sendable();
    }
}
