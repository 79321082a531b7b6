package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.worker.config.Configs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker with four slots. */
class SurplusTest {

    private final Bench bench = new Bench();
    private final AssignmentReceiver receiver = new AssignmentReceiver(
            bench.services,
            new AgentCatalog(List.of()),
            new CancelledRuns(),
            () -> null,
            new FakeMembership(),
            (why, cause) -> {});
    private final Surplus surplus = new Surplus(
            bench.slots, receiver, Configs.worker(Map.of("fleet.worker.patience", "PT0.25S")), bench.nanos::get);
    private final AtomicInteger requested = new AtomicInteger();
    private int records;

    @BeforeEach
    void wire() {
        surplus.onRequest(requested::incrementAndGet);
        bench.slots.onFree(surplus::onFreeSlot);
    }

    @Test
    void asksForNothingMoreWhileASlotIsNotClaimed() {
        fill(3);
        assertThat(bench.slots.take()).isTrue();

        look(0);
        look(10_000);

        assertThat(requested).hasValue(0);
    }

    @Test
    void givesBackWhatWaitsWhenClaimedAttemptsHoldEverySlotForAWhile() {
        fill(4);
        look(0);
        look(200);
        assertThat(requested).hasValue(0);

        look(250);
        assertThat(requested).hasValue(1);
        var first = arrives();
        var second = arrives();

        assertThat(bench.reporter.names()).containsExactly("AttemptReleased", "AttemptReleased");
        assertThat(requested).as("and asks for what lies behind").hasValue(3);
        assertThat(first.acknowledged).as("not before that is durable").hasValue(0);
        bench.reporter.makeDurable();
        assertThat(first.acknowledged).hasValue(1);
        assertThat(second.acknowledged).hasValue(1);
        assertThat(bench.slots.busy()).isEqualTo(4);
    }

    @Test
    void whatComesLaterIsHeldUntilItsPatienceEnds() {
        saturate();
        var record = arrives();
        assertThat(bench.reporter.names()).isEmpty();

        look(700);
        assertThat(bench.reporter.names()).isEmpty();
        look(750);

        bench.reporter.makeDurable();
        assertThat(record.acknowledged).hasValue(1);
    }

    @Test
    void whatIsHeldGetsTheFirstFreeSlot() {
        saturate();
        arrives();

        bench.slots.free(true);

        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
        assertThat(requested).as("the slot asks for nothing else").hasValue(1);
    }

    @Test
    void aFreeSlotIsForTheRecordThatWasAskedForAlready() {
        saturate();

        bench.slots.free(true);
        assertThat(requested).hasValue(1);
        assertThat(receiver.receive(record())).isTrue();

        bench.slots.free(true);
        assertThat(requested).hasValue(2);
    }

    @Test
    void aRecordWhoseSlotGotFreeOnItsWayIsStarted() {
        saturate();
        var record = record();
        assertThat(receiver.receive(record)).isFalse();
        bench.slots.free(true);

        surplus.onNoSlot(record);

        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
    }

    @Test
    void keepsWhatAnotherWorkerMayHaveBegun() {
        saturate();
        var record = record();
        record.begun = true;
        assertThat(receiver.receive(record)).isFalse();
        surplus.onNoSlot(record);

        look(750);
        look(5_000);

        assertThat(bench.reporter.names()).isEmpty();
        bench.slots.free(true);
        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
    }

    @Test
    void leavesAloneWhatIsAnotherWorkersByNow() {
        saturate();
        var record = arrives();
        record.ours = false;

        bench.slots.free(true);

        assertThat(requested).hasValue(2);
        assertThat(bench.slots.busy()).isEqualTo(3);
    }

    @Test
    void givesBackWhatItHoldsOfAPartitionThatIsGivenUp() {
        saturate();
        arrives();

        surplus.giveBackOf(position -> position.partition() == 5);
        assertThat(bench.reporter.names()).isEmpty();
        surplus.giveBackOf(position -> position.partition() == 3);

        assertThat(bench.reporter.names()).containsExactly("AttemptReleased");
    }

    @Test
    void aWorkerThatDrainsGivesBackWhatItHoldsAtOnceAndNothingLater() {
        saturate();
        arrives();
        bench.slots.drain();

        surplus.giveBackOf(position -> true);
        assertThat(bench.reporter.names())
                .as("at the end nothing may leave any more")
                .isEmpty();
        look(350);

        assertThat(bench.reporter.names()).containsExactly("AttemptReleased");
        assertThat(requested).as("and asks for nothing").hasValue(1);
    }

    @Test
    void whatComesToAWorkerThatDrainsIsLeftToOthers() {
        saturate();
        bench.slots.drain();

        assertThat(arrives().left).isTrue();
    }

    /** Every slot claimed, and one record more asked for, which has not come while others were given back. */
    private void saturate() {
        fill(4);
        look(0);
        look(250);
        look(300);
        assertThat(requested).hasValue(1);
    }

    private void fill(int slots) {
        for (int i = 0; i < slots; i++) {
            assertThat(bench.slots.take()).isTrue();
            bench.slots.claim();
        }
    }

    private FakeRecord arrives() {
        var record = record();
        assertThat(receiver.receive(record)).isFalse();
        surplus.onNoSlot(record);
        return record;
    }

    private FakeRecord record() {
        var task = Bench.assignment(Duration.ofSeconds(1));
        var own = new TaskAssignment(
                new TaskId(task.taskId().runId(), records++), 1, 1, task.agent(), task.input(), task.timeout(), null);
        return new FakeRecord(new String(Json.write(own), StandardCharsets.UTF_8), Map.of());
    }

    private void look(long millis) {
        surplus.look(Duration.ofMillis(millis).toNanos());
    }
}
