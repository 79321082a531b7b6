package dev.agentfleet.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrownFailureTest {

    @Test
    void keepsWhatTheAgentSaid() {
        assertThat(ThrownFailure.of(AgentFailureException.retryableAfter("BUSY", "later", Duration.ofSeconds(3))))
                .isEqualTo(new Failure("BUSY", "later", true, Duration.ofSeconds(3)));
        assertThat(ThrownFailure.of(AgentFailureException.permanent("NO", "never")))
                .isEqualTo(Failure.permanent("NO", "never"));
    }

    @Test
    void makesAnythingElseRetryable() {
        assertThat(ThrownFailure.of(new IllegalStateException("odd")))
                .isEqualTo(Failure.retryable("AGENT_ERROR", "IllegalStateException: odd"));
        assertThat(ThrownFailure.of(new StackOverflowError()))
                .isEqualTo(Failure.retryable("AGENT_ERROR", "StackOverflowError"));
    }

    @Test
    void survivesAHostileException() {
        var hostile = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        };

        assertThat(ThrownFailure.of(hostile).code()).isEqualTo("AGENT_ERROR");
    }
}
