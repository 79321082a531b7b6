package dev.agentfleet.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssignmentReceiverTest {

    private final Bench bench = new Bench();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final FakeMembership membership = new FakeMembership();
    private final AssignmentReceiver receiver = new AssignmentReceiver(
            bench.services,
            new AgentCatalog(List.of()),
            cancelled,
            () -> null,
            membership,
            (why, cause) -> ends.add(why));

    @Test
    void leavesARecordAloneWhileDraining() {
        var record = new FakeRecord(assignment(), Map.of());
        bench.slots.drain();

        receiver.receive(record);

        assertThat(bench.slots.busy()).isZero();
        assertThat(record.acknowledged).hasValue(0);
    }

    @Test
    void beginsNothingOfAPartitionThatWasLostMeanwhile() {
        var record = new FakeRecord(assignment(), Map.of());
        record.ours = false;

        receiver.receive(record);

        await().until(() -> bench.slots.busy() == 0);
        assertThat(record.acknowledged).hasValue(0);
        assertThat(bench.reporter.names()).isEmpty();
    }

    @Test
    void beginsNothingWhileDrainingThatWaitedForTheGroup() {
        var record = new FakeRecord(assignment(), Map.of());
        membership.certain = false;
        membership.beforeAnswer = bench.slots::drain;

        receiver.receive(record);

        await().until(() -> bench.slots.busy() == 0);
        assertThat(record.acknowledged).hasValue(0);
        assertThat(bench.reporter.names()).isEmpty();
    }

    @Test
    void givesNothingBackWhileTheGroupMayHaveGivenItAway() {
        var record = new FakeRecord(assignment(), Map.of());
        membership.certain = false;

        assertThat(receiver.giveBack(record)).isFalse();
        assertThat(bench.reporter.names()).isEmpty();

        membership.certain = true;
        assertThat(receiver.giveBack(record)).isTrue();
        assertThat(bench.reporter.names()).containsExactly("AttemptReleased");
    }

    @Test
    void acknowledgesWithoutAWordWhatWasCancelledBefore() {
        var record = new FakeRecord(assignment(), Map.of());
        cancelled.add(new RunId("run"), 1);

        receiver.receive(record);

        await().until(() -> bench.slots.busy() == 0);
        assertThat(record.acknowledged).hasValue(1);
        assertThat(bench.reporter.names()).isEmpty();
    }

    @Test
    void holdsSlotAndRecordUntilARefusalIsDurable() {
        var record = new FakeRecord(assignment(), Map.of());

        receiver.receive(record);

        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
        assertThat(bench.slots.busy()).isEqualTo(1);
        bench.reporter.makeDurable();
        assertThat(bench.slots.busy()).isZero();
        assertThat(record.acknowledged).hasValue(1);
    }

    @Test
    void putsAsideWhatNothingExplains() {
        var record = new FakeRecord("[", Map.of());

        receiver.receive(record);

        await().until(() -> bench.slots.busy() == 0);
        assertThat(record.putAside).contains("not well-formed JSON");
        assertThat(record.acknowledged).hasValue(1);
    }

    @Test
    void endsTheProcessRatherThanHoldASlotForEver() {
        receiver.receive(new FakeRecord(assignment(), Map.of()) {
            @Override
            public byte @Nullable [] value() {
                throw new OutOfMemoryError("injected");
            }
        });

        await().until(() -> ends.contains("An attempt could not be concluded"));
    }

    private static String assignment() {
        return new String(Json.write(Bench.assignment(Duration.ofSeconds(1))), StandardCharsets.UTF_8);
    }
}
