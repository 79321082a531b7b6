package org.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.testkit.AgentTest;
import dev.agentfleet.testkit.EndedAttempt;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.acme.WordCountAgent.Count;
import org.acme.WordCountAgent.Text;
import org.junit.jupiter.api.Test;

/** With CDI, so that the annotations act. */
@QuarkusTest
class WordCountAgentRetryTest {

    @ApplicationScoped
    static class Flaky extends WordCountAgent {
        final AtomicInteger calls = new AtomicInteger();

        @Override
        protected int count(String line) throws InterruptedException {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("connection reset");
            }
            return super.count(line);
        }
    }

    @Inject
    Flaky agent;

    @Test
    void survivesABlip() throws Exception {
        EndedAttempt ended = AgentTest.of(agent).run(new Text("to be"));

        assertThat(ended.output(Count.class)).isEqualTo(new Count(2, 1));
    }
}
