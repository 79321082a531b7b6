package dev.agentfleet.orchestrator.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomeFeedsTest {

    private static final RunId RUN = new RunId("r");

    private final OutcomeFeeds feeds = new OutcomeFeeds();

    @Test
    void givesTheOutcomesOfItsRunInTheirOrder() throws InterruptedException {
        try (OutcomeFeed feed = feeds.follow(RUN)) {
            feeds.committed(outcome(RUN, 1, "1"));
            feeds.committed(outcome(new RunId("other"), 2, "1"));
            feeds.committed(outcome(RUN, 0, "1"));

            assertThat(feed.take(Duration.ZERO))
                    .extracting(it -> it.taskId().index())
                    .containsExactly(1, 0);
            assertThat(feed.take(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void keepsNothingForARunNobodyFollowsAnyMore() {
        OutcomeFeed first = feeds.follow(RUN);
        OutcomeFeed second = feeds.follow(RUN);
        first.close();
        boolean followed = feeds.hasAny(RUN);
        second.close();

        assertThat(followed).isTrue();
        assertThat(feeds.hasAny(RUN)).isFalse();
        assertThat(feeds.isEmpty()).isTrue();
    }

    @Test
    void dropsASlowClientsOutcomesByNumber() throws InterruptedException {
        OutcomeFeed feed = feeds.follow(RUN);
        for (int i = 0; i < 10_001; i++) {
            feeds.committed(outcome(RUN, i, "1"));
        }

        assertThat(feed.isLost()).isTrue();
        assertThat(feed.take(Duration.ZERO)).isEmpty();
    }

    @Test
    void dropsASlowClientsOutcomesBySize() {
        OutcomeFeed feed = feeds.follow(RUN);
        String large = '"' + "x".repeat(200_000) + '"';
        for (int i = 0; i < 11; i++) {
            feeds.committed(outcome(RUN, i, large));
        }

        assertThat(feed.isLost()).isTrue();
    }

    private static TaskOutcome outcome(RunId run, int index, String output) {
        return new TaskOutcome(
                run,
                new TaskId(run, index),
                1,
                TaskStatus.SUCCEEDED,
                1,
                "echo",
                new Payload(output),
                null,
                "w",
                Duration.ZERO,
                null,
                Instant.EPOCH);
    }
}
