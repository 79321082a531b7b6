package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.runtime.AssignmentRecord;
import dev.agentfleet.worker.runtime.RecordPosition;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With a session of ten seconds. */
class ConfirmedMembershipTest {

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final ConfirmedMembership membership =
            new ConfirmedMembership(Configs.worker(Map.of("fleet.worker.session-timeout", "PT10S")), nanos::get);
    private volatile boolean ours = true;

    @Test
    void isCertainWhileTheProcessRuns() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(4));
            membership.run();
        }

        assertThat(membership.isCertain()).isTrue();
        assertThat(membership.keeps(new Received())).isTrue();
    }

    @Test
    void beginsNothingAfterAStandstillUntilTheGroupHasAnswered() throws Exception {
        pass(Duration.ofSeconds(40));
        var kept = CompletableFuture.supplyAsync(this::keeps);
        membership.run();
        Awaitility.await()
                .during(Duration.ofMillis(250))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !kept.isDone());

        membership.confirm(membership.doubts());

        assertThat(kept.get()).isTrue();
        assertThat(membership.isCertain()).isTrue();
    }

    @Test
    void letsGoOfWhatIsLostWhileItWaits() throws Exception {
        pass(Duration.ofSeconds(40));
        var kept = CompletableFuture.supplyAsync(this::keeps);

        ours = false;

        assertThat(kept.get()).isFalse();
        assertThat(membership.isCertain()).isFalse();
    }

    @Test
    void anAnswerToAnEarlierCommitConfirmsNothing() {
        int before = membership.doubts();
        pass(Duration.ofSeconds(40));
        assertThat(membership.isCertain()).isFalse();

        membership.confirm(before);
        assertThat(membership.isCertain()).isFalse();
        int first = membership.doubts();
        pass(Duration.ofSeconds(40));
        membership.run();
        membership.confirm(first);

        assertThat(membership.isCertain()).as("it stood still again since").isFalse();
    }

    private boolean keeps() {
        try {
            return membership.keeps(new Received());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private final class Received implements AssignmentRecord {

        @Override
        public byte @Nullable [] value() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public RecordPosition position() {
            return new RecordPosition("tasks", 0, 0);
        }

        @Override
        public boolean mayHaveBegun() {
            return false;
        }

        @Override
        public boolean isOurs() {
            return ours;
        }

        @Override
        public void awaitCommitted() {}

        @Override
        public void leave() {}

        @Override
        public void acknowledge() {}

        @Override
        public void putAside(String reason, Runnable onDurable) {}
    }
}
