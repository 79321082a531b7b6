package dev.agentfleet.orchestrator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.OutcomeFeeds;
import dev.agentfleet.orchestrator.query.RunView;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunEventStreamTest {

    private static final RunView RUN = RunView.accepted(new RunId("run-1"));

    private final OutcomeFeeds feeds = new OutcomeFeeds();
    private final AtomicBoolean elsewhere = new AtomicBoolean();

    @Test
    void endsWithoutACompletionOnceAnotherMustBeAsked() throws InterruptedException {
        RunEventStream stream = new RunEventStream(
                () -> elsewhere.get() ? Optional.empty() : Optional.of(RUN), elsewhere::get, feeds.none());
        assertThat(stream.next().name()).isEqualTo("RunView");

        elsewhere.set(true);

        assertThat(stream.next()).isEqualTo(new RunEventStream.Event("", "", true));
    }

    @Test
    void goesOnWhileTheStateIsOnlyAway() throws InterruptedException {
        RunEventStream stream = new RunEventStream(Optional::empty, elsewhere::get, feeds.none());

        assertThat(stream.next()).isEqualTo(new RunEventStream.Event("", "", false));
    }
}
