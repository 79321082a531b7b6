package dev.agentfleet.worker.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.worker.attempt.StopCause;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveAttemptTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private final Bench bench = new Bench();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void holdsSlotAndRecordUntilTheResultIsDurable() {
        bench.slots.take();
        start((input, context) -> input);
        await().until(() -> bench.reporter.names().contains("AttemptSucceeded"));
        assertThat(bench.slots.busy()).isEqualTo(1);
        assertThat(bench.record.acknowledged).hasValue(0);

        bench.reporter.makeDurable();

        assertThat(bench.slots.busy()).isZero();
        assertThat(bench.record.acknowledged).hasValue(1);
        assertThat(bench.live.held()).isEmpty();
    }

    @Test
    void claimsBeforeTheResultAndOnlyOnce() {
        start(this::waitForIt);

        bench.pass(Duration.ofMillis(499));
        assertThat(bench.reporter.names()).isEmpty();
        bench.pass(Duration.ofMillis(1));
        bench.pass(Duration.ofSeconds(1));
        goOn.countDown();

        await().untilAsserted(
                        () -> assertThat(bench.reporter.names()).containsExactly("AttemptClaimed", "AttemptSucceeded"));
    }

    @Test
    void passesItsRecordAsSoonAsTheClaimIsDurable() {
        bench.slots.take();
        var attempt = start(this::waitForIt);
        bench.pass(Duration.ofMillis(500));
        assertThat(bench.record.acknowledged).hasValue(0);

        bench.reporter.makeDurable();

        assertThat(bench.record.acknowledged).hasValue(1);
        assertThat(bench.slots.busy()).as("it goes on running").isEqualTo(1);
        var again = new FakeRecord(null, Map.of());
        attempt.join(again);
        assertThat(again.acknowledged).hasValue(1);
        goOn.countDown();
        await().until(() -> bench.reporter.names().contains("AttemptSucceeded"));
        bench.reporter.makeDurable();
        assertThat(bench.record.acknowledged).as("once").hasValue(1);
        assertThat(bench.slots.busy()).isZero();
    }

    @Test
    void isClaimedHoweverYoungWhenItsPartitionIsGivenUp() {
        start(this::waitForIt);

        bench.live.claimOf(position -> position.partition() == 4);
        assertThat(bench.reporter.names()).isEmpty();
        bench.live.claimOf(position -> position.partition() == 3);
        bench.live.claimOf(position -> position.partition() == 3);

        assertThat(bench.reporter.names()).containsExactly("AttemptClaimed");
        goOn.countDown();
    }

    @Test
    void startsWhatMayHaveBegunBeforeOnlyOnceItsClaimIsDurable() {
        var started = new CountDownLatch(1);
        startClaimed((input, context) -> {
            started.countDown();
            return waitForIt(input, context);
        });
        await().until(() -> bench.reporter.names().contains("AttemptClaimed"));
        bench.pass(TIMEOUT.plusSeconds(1));
        assertThat(started.getCount()).isEqualTo(1);

        bench.reporter.makeDurable();

        await().until(() -> started.getCount() == 0);
        assertThat(bench.record.acknowledged).hasValue(1);
        goOn.countDown();
        await().untilAsserted(
                        () -> assertThat(bench.reporter.names()).containsExactly("AttemptClaimed", "AttemptSucceeded"));
    }

    @Test
    void startsWhatMayHaveBegunBeforeOnlyOnceItIsNotDeliveredAgain() {
        bench.record.committed = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        startClaimed((input, context) -> {
            started.countDown();
            return input;
        });
        await().until(() -> bench.reporter.names().contains("AttemptClaimed"));
        bench.reporter.makeDurable();
        await().untilAsserted(() -> assertThat(bench.record.acknowledged).hasValue(1));
        await().during(Duration.ofMillis(50)).until(() -> started.getCount() == 1);

        bench.record.committed.countDown();

        await().until(() -> started.getCount() == 0);
    }

    @Test
    void neverStartsWhatWasStoppedBeforeItsClaimWasDurable() {
        var started = new AtomicBoolean();
        startClaimed((input, context) -> {
            started.set(true);
            return input;
        });
        await().until(() -> bench.reporter.names().contains("AttemptClaimed"));

        bench.live.stopAll(StopCause.DRAIN);

        await().untilAsserted(
                        () -> assertThat(bench.reporter.names()).containsExactly("AttemptClaimed", "AttemptReleased"));
        assertThat(started).isFalse();
    }

    @Test
    void interruptsAtTheTimeoutAndReportsOnceTheCodeHasEnded() {
        start(this::waitForIt);

        bench.pass(TIMEOUT);

        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
        var failed = (AttemptFailed) bench.reporter.reports.getLast();
        assertThat(failed.timedOut()).isTrue();
        assertThat(failed.failure().code()).isEqualTo("TIMEOUT");
        assertThat(failed.failure().reason()).isEqualTo("Stopped at its timeout of PT10S");
    }

    @Test
    void countsTheSlotLostWhileTheCodeDoesNotStop() {
        bench.slots.take();
        start((input, context) -> waitStubbornly(input));
        bench.pass(TIMEOUT);
        assertThat(bench.reporter.names()).isEmpty();

        bench.pass(Duration.ofSeconds(2));
        bench.reporter.makeDurable();
        assertThat(bench.reporter.names()).containsExactly("AttemptFailed");
        assertThat(bench.record.acknowledged).hasValue(1);
        assertThat(bench.slots.lost()).isEqualTo(1);
        assertThat(bench.slots.busy()).isEqualTo(1);

        goOn.countDown();
        await().until(() -> bench.slots.busy() == 0);
        assertThat(bench.slots.lost()).isZero();
        assertThat(bench.reporter.names()).hasSize(1);
    }

    @Test
    void interruptsAgainCodeThatSwallowedTheFirst() {
        var swallowed = new CountDownLatch(1);
        start((input, context) -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                swallowed.countDown();
            }
            goOn.await();
            return input;
        });
        bench.pass(TIMEOUT);
        await().until(() -> swallowed.getCount() == 0);

        bench.pass(Duration.ofMillis(1_001));

        await().until(() -> bench.reporter.names().contains("AttemptFailed"));
    }

    @Test
    void reportsNothingOfACancelledAttempt() {
        bench.slots.take();
        bench.slots.take();
        var cancelled = new AtomicBoolean();
        var seen = new AtomicBoolean();
        start((input, context) -> {
            context.onCancel(() -> cancelled.set(true));
            try {
                return waitForIt(input, context);
            } finally {
                seen.set(context.isCancelled());
            }
        });

        bench.live.cancelRun(Bench.assignment(TIMEOUT).taskId().runId(), 1);

        await().until(() -> bench.record.acknowledged.get() == 1);
        await().untilTrue(cancelled);
        assertThat(seen).isTrue();
        assertThat(bench.reporter.names()).isEmpty();
        assertThat(bench.slots.busy()).isEqualTo(1);
    }

    @Test
    void aLaterRevisionOfTheRunGoesOn() {
        start(this::waitForIt);

        bench.live.cancelRun(Bench.assignment(TIMEOUT).taskId().runId(), 0);
        goOn.countDown();

        await().until(() -> bench.reporter.names().contains("AttemptSucceeded"));
    }

    @Test
    void givesBackOnlyAfterTheCodeHasStopped() {
        start((input, context) -> waitStubbornly(input));
        bench.live.stopAll(StopCause.DRAIN);
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.reporter.names()).isEmpty();
        assertThat(bench.record.acknowledged).hasValue(0);

        goOn.countDown();

        await().until(() -> !bench.reporter.names().isEmpty());
        assertThat(bench.reporter.names()).containsExactly("AttemptSucceeded");
    }

    @Test
    void acknowledgesASecondDeliveryTogetherWithTheFirst() {
        var attempt = start(this::waitForIt);
        var again = new FakeRecord(null, Map.of());
        attempt.join(again);
        assertThat(again.acknowledged).hasValue(0);

        goOn.countDown();
        await().until(() -> !bench.reporter.names().isEmpty());
        bench.reporter.makeDurable();

        assertThat(again.acknowledged).hasValue(1);
        assertThat(bench.reporter.names()).hasSize(1);
    }

    @Test
    void throttlesProgress() {
        var context = new AtomicReference<@Nullable AgentContext>();
        start((input, given) -> {
            context.set(given);
            return waitForIt(input, given);
        });
        await().until(() -> context.get() != null);
        var own = requireNonNull(context.get());

        own.progress(0.1, "a");
        own.progress(0.2, "b");
        bench.pass(Duration.ofMillis(1_000));
        own.progress(0.3, "c");

        assertThat(bench.reporter.names()).containsExactly("AttemptProgress", "AttemptClaimed", "AttemptProgress");
        assertThat(own.remaining()).isEqualTo(Duration.ofSeconds(9));
    }

    private LiveAttempt start(Bench.Code code) {
        return start(attempt -> attempt.run(Bench.agent(code)));
    }

    private void startClaimed(Bench.Code code) {
        start(attempt -> attempt.runClaimed(Bench.agent(code), bench.record));
    }

    private LiveAttempt start(Consumer<LiveAttempt> how) {
        var started = new AtomicReference<@Nullable LiveAttempt>();
        Thread.ofVirtual().start(() -> {
            var attempt = new LiveAttempt(Bench.assignment(TIMEOUT), bench.record, bench.services);
            bench.live.add(attempt);
            started.set(attempt);
            how.accept(attempt);
        });
        await().until(() -> started.get() != null);
        return requireNonNull(started.get());
    }

    private Object waitForIt(Payload input, AgentContext context) throws InterruptedException {
        goOn.await();
        return input;
    }

    private Object waitStubbornly(Payload input) {
        while (goOn.getCount() > 0) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                // Stubborn.
            }
        }
        return input;
    }
}
