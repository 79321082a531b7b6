package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.testkit.AgentTest;
import dev.agentfleet.testkit.AttemptEnding;
import dev.agentfleet.testkit.EndedAttempt;
import dev.agentfleet.testkit.ReportedProgress;
import dev.agentfleet.testkit.StartedAttempt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.acme.WordCountAgent.Count;
import org.acme.WordCountAgent.Text;
import org.junit.jupiter.api.Test;

class WordCountAgentTest {

    private final AgentTest<Text> test = AgentTest.of(new WordCountAgent());

    @Test
    void countsWords() throws Exception {
        EndedAttempt ended = test.run(new Text("to be or\nnot to be"));

        assertThat(ended.output(Count.class)).isEqualTo(new Count(6, 2));
        assertThat(ended.progress()).contains(new ReportedProgress(0.5, "line 2 of 2"));
        assertThat(ended.cost()).isEqualTo(new Cost(6, 2, 6_000));
    }

    @Test
    void failsForGoodWithoutWords() throws Exception {
        EndedAttempt ended = test.run(new Text(" "));

        assertThat(ended.failure().code()).isEqualTo("EMPTY_TEXT");
        assertThat(ended.failure().retryable()).isFalse();
    }

    @Test
    void saysWhichFieldOfTheInputIsMissing() throws Exception {
        EndedAttempt ended = test.runJson("{\"words\":\"to be\"}");

        assertThat(ended.failure().code()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void waitsForAUni() throws Exception {
        EndedAttempt ended =
                AgentTest.of(new TokenEstimateAgent()).run(new TokenEstimateAgent.Text("to be or not to be"));

        assertThat(ended.output(TokenEstimateAgent.Estimate.class).tokens()).isEqualTo(5);
    }

    @Test
    void stopsAtItsTimeout() throws Exception {
        var waiting = new WordCountAgent() {
            @Override
            protected int count(String line) throws InterruptedException {
                new CountDownLatch(1).await();
                return 0;
            }
        };
        StartedAttempt started = AgentTest.of(waiting).withTimeout(Duration.ofMinutes(5)).start(new Text("to be"));

        started.elapse(Duration.ofMinutes(5));

        EndedAttempt ended = started.awaitEnd();
        assertThat(ended.ending()).isEqualTo(new AttemptEnding.TimedOut());
        assertThat(ended.codeStopped()).isTrue();
    }
}
