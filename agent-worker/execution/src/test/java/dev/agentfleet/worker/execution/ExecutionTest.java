package dev.agentfleet.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.agent.AgentUnavailableException;
import dev.agentfleet.agent.Tokens;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.attempt.Verdict;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private final Bench bench = new Bench();

    @Test
    void tellsTheVerdictBeforeTheEndOfTheCode() {
        bench.execution().run(Bench.agent((input, context) -> input), Payload.NULL);

        assertThat(bench.verdict).isEqualTo(new Verdict.Succeeded(Payload.NULL));
        assertThat(bench.heard).containsExactly("concluded", "codeEnded");
    }

    @Test
    void addsUpTheCostOfASuccess() {
        bench.execution()
                .run(
                        Bench.agent((input, context) -> {
                            context.cost(100, 20, new BigDecimal("0.001"));
                            context.cost(new Tokens(10, 2, 6, 3), new BigDecimal("0.0000000019"));
                            return input;
                        }),
                        Payload.NULL);

        assertThat(bench.cost).isEqualTo(new Cost(110, 22, 1_000_002, 6L, 3L));
    }

    @Test
    void keepsTheCostOfAFailure() {
        bench.execution()
                .run(
                        Bench.agent((input, context) -> {
                            context.cost(100, 0, BigDecimal.ZERO);
                            throw new IllegalStateException("after the call");
                        }),
                        Payload.NULL);

        assertThat(bench.verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(bench.cost).isEqualTo(new Cost(100, 0, 0));
        assertThat(bench.heard).containsExactly("threw", "concluded", "codeEnded");
    }

    @Test
    void givesBackWhatItsAgentCannotDoNow() {
        bench.execution()
                .run(
                        Bench.agent((input, context) -> {
                            throw new AgentUnavailableException("SPEND_LIMIT", "no money left", Duration.ofMinutes(1));
                        }),
                        Payload.NULL);

        assertThat(bench.verdict)
                .isEqualTo(new Verdict.Unavailable(
                        new Failure("SPEND_LIMIT", "no money left", true, Duration.ofMinutes(1))));
    }

    @Test
    void failsAnAgentThatReportsAnImpossibleCost() {
        bench.execution()
                .run(
                        Bench.agent((input, context) -> {
                            context.cost(-1, 0, BigDecimal.ZERO);
                            return input;
                        }),
                        Payload.NULL);

        assertThat(bench.verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.failure().reason()).contains("inputTokens: '-1' must be 0 to"));
        assertThat(bench.cost).isNull();
    }

    @Test
    void cancelsTheUniWhenTheTimeIsOver() throws InterruptedException {
        var cancelled = new AtomicBoolean();
        var thread = Thread.ofVirtual().unstarted(() -> {
            var execution = bench.execution();
            // The clock is driven from within the agent: the wait for the Uni follows.
            execution.run(
                    Bench.agent((input, context) -> {
                        bench.pass(execution, Duration.ofSeconds(10));
                        return Uni.createFrom().nothing().onCancellation().invoke(() -> cancelled.set(true));
                    }),
                    Payload.NULL);
        });

        thread.start();
        thread.join();

        assertThat(cancelled).isTrue();
        assertThat(bench.verdict).isEqualTo(new Verdict.TimedOut());
    }

    @Test
    void noTimePassesWhileItsClockStandsStill() {
        var execution = bench.execution();

        execution.run(
                Bench.agent((input, context) -> {
                    bench.pass(execution, Duration.ofSeconds(4));
                    var clock = (AttemptClock) context;
                    clock.stop();
                    clock.stop();
                    bench.pass(execution, Duration.ofSeconds(7));
                    clock.go();
                    bench.pass(execution, Duration.ofSeconds(8));
                    assertThat(context.remaining()).isEqualTo(Duration.ofSeconds(6));
                    clock.go();
                    bench.pass(execution, Duration.ofMillis(5_999));
                    assertThat(context.isCancelled()).isFalse();
                    bench.pass(execution, Duration.ofMillis(1));
                    assertThat(context.isCancelled()).isTrue();
                    return input;
                }),
                Payload.NULL);

        assertThat(bench.verdict).isEqualTo(new Verdict.TimedOut());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellsHowLongItsClockStoodBeforeItsEndIsExpectedFromOutside() {
        var execution = bench.execution();

        execution.run(
                Bench.agent((input, context) -> {
                    var clock = (AttemptClock) context;
                    bench.pass(execution, Duration.ofSeconds(1));
                    clock.stop();
                    bench.pass(execution, Duration.ofSeconds(8));
                    clock.go();
                    // Ten seconds after its start, eight of which count for nothing.
                    bench.pass(execution, Duration.ofSeconds(1));
                    clock.stop();
                    bench.pass(execution, Duration.ofMillis(7_999));
                    bench.pass(execution, Duration.ofMillis(1));
                    bench.pass(execution, Duration.ofSeconds(8));
                    clock.go();
                    return input;
                }),
                Payload.NULL);

        assertThat(bench.heard)
                .containsExactly("claimDue", "waited PT8S", "waited PT16S", "waited PT24S", "concluded", "codeEnded");
    }

    @Test
    void hearsNoProgressOfOneThatIsToStop() {
        var execution = bench.execution();

        execution.run(
                Bench.agent((input, context) -> {
                    context.progress(0.5, "half");
                    execution.stop(StopCause.CANCEL);
                    context.progress(0.6, "more");
                    return input;
                }),
                Payload.NULL);

        assertThat(bench.heard).containsExactly("progressed 0.5 half", "concluded", "codeEnded");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void toleratesATimeoutOfAnyLength() {
        assertThat(bench.execution(Duration.ofSeconds(Long.MAX_VALUE)).remaining())
                .isPositive();
    }
}
