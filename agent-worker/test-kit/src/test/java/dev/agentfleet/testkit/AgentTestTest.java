package dev.agentfleet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.agent.Agent;
import dev.agentfleet.agent.AgentContext;
import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.agent.Tokens;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AgentTestTest {

    record Question(String text, int repeat) {}

    record Answer(String text, String taskId, int attempt) {}

    /** Does what the question says. */
    private static final class Obedient implements Agent<Question, Answer> {
        private final CountDownLatch never = new CountDownLatch(1);

        @Override
        public String name() {
            return "obedient";
        }

        @Override
        public Answer run(Question question, AgentContext context) throws Exception {
            context.progress(0.5, "half");
            context.cost(new Tokens(10, 2, 6, 3), new BigDecimal("0.001"));
            switch (question.text()) {
                case "fail" ->
                    throw AgentFailureException.retryableAfter("BUSY", "the model is busy", Duration.ofSeconds(9));
                case "break" -> throw new IllegalStateException("odd");
                case "wait" -> never.await();
                case "stubborn" -> waitStubbornly();
                default -> {}
            }
            return new Answer(question.text().repeat(question.repeat()), context.taskId(), context.attempt());
        }

        private void waitStubbornly() {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // Stubborn.
                }
            }
        }
    }

    /** A Uni that never ends by itself. */
    private static final class Endless implements Agent<String, Uni<String>> {
        private final AtomicBoolean cancelled = new AtomicBoolean();

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Uni<String> run(String input, AgentContext context) {
            return Uni.createFrom().<String>nothing().onCancellation().invoke(() -> cancelled.set(true));
        }
    }

    private final AgentTest<Question> test = AgentTest.of(new Obedient());

    @Test
    void givesOutputProgressAndCostOfASuccess() throws Exception {
        EndedAttempt ended = test.withTaskId("nightly/7").withAttempt(3).run(new Question("a", 2));

        assertThat(ended.output(Answer.class)).isEqualTo(new Answer("aa", "nightly/7", 3));
        assertThat(ended.progress()).containsExactly(new ReportedProgress(0.5, "half"));
        assertThat(ended.cost()).isEqualTo(new Cost(10, 2, 1_000_000, 6L, 3L));
        assertThatThrownBy(ended::failure).isInstanceOf(AssertionError.class).hasMessageContaining("did not fail");
    }

    @Test
    void givesTheFailureTheFleetWouldSee() throws Exception {
        assertThat(test.run(new Question("fail", 1)).failure())
                .isEqualTo(new Failure("BUSY", "the model is busy", true, Duration.ofSeconds(9)));
        assertThat(test.run(new Question("break", 1)).failure())
                .isEqualTo(Failure.retryable("AGENT_ERROR", "IllegalStateException: odd"));
        assertThatThrownBy(() -> test.run(new Question("break", 1)).output(Answer.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("AGENT_ERROR");
    }

    @Test
    void readsTheInputAsAWorkerDoes() throws Exception {
        assertThat(test.runJson("{\"text\":\"a\",\"repeat\":\"x\"}").failure().reason())
                .contains("field 'repeat' must be readable as int");
        assertThat(test.runJson("{\"text\":\"a\",\"repeat\":1,\"later\":true}")
                        .output(Answer.class)
                        .text())
                .isEqualTo("a");
    }

    @Test
    void keepsTheBoundsOfInputAndOutput() throws Exception {
        assertThat(test.run(new Question("a", 300_000)).failure().code()).isEqualTo("OUTPUT_TOO_LARGE");
        assertThatThrownBy(() -> test.run(new Question("a".repeat(300_000), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("input");
    }

    @Test
    void timesOutAtTheDeadlineTheTestSets() throws Exception {
        StartedAttempt started = test.withTimeout(Duration.ofHours(1)).start(new Question("wait", 1));
        started.elapse(Duration.ofMinutes(59));
        assertThat(started.isRunning()).isTrue();

        started.elapse(Duration.ofMinutes(1));

        EndedAttempt ended = started.awaitEnd();
        assertThat(ended.ending()).isEqualTo(new AttemptEnding.TimedOut());
        assertThat(ended.codeStopped()).isTrue();
        assertThat(ended.cost()).isEqualTo(new Cost(10, 2, 1_000_000, 6L, 3L));
        assertThat(ended.ran()).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void cancels() throws Exception {
        StartedAttempt started = test.start(new Question("wait", 1));

        started.cancel();

        assertThat(started.awaitEnd().ending()).isEqualTo(new AttemptEnding.Cancelled());
    }

    @Test
    void saysThatTheCodeDoesNotStop() throws Exception {
        StartedAttempt started = test.start(new Question("stubborn", 1));
        started.cancel();

        started.elapse(Duration.ofSeconds(2));

        assertThat(started.awaitEnd().codeStopped()).isFalse();
    }

    @Test
    void cancelsAUni() throws Exception {
        var agent = new Endless();
        StartedAttempt started = AgentTest.of(agent).start("x");

        started.cancel();

        assertThat(started.awaitEnd().ending()).isEqualTo(new AttemptEnding.Cancelled());
        assertThat(agent.cancelled).isTrue();
    }

    @Test
    void refusesAnAgentWithoutTypes() {
        assertThatThrownBy(() -> AgentTest.of(raw())).hasMessageContaining("must name its input and output types");
    }

    private static <T> Agent<T, T> raw() {
        return new Agent<>() {
            @Override
            public String name() {
                return "raw";
            }

            @Override
            public T run(T input, AgentContext context) {
                return input;
            }
        };
    }
}
