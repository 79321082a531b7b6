package dev.agentfleet.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.worker.attempt.AttemptEffect.Claim;
import dev.agentfleet.worker.attempt.AttemptEffect.Conclude;
import dev.agentfleet.worker.attempt.AttemptEffect.StopCode;
import dev.agentfleet.worker.attempt.AttemptEvent.ClaimDue;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeFailed;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeReturned;
import dev.agentfleet.worker.attempt.AttemptEvent.CodeUnavailable;
import dev.agentfleet.worker.attempt.AttemptEvent.GracePassed;
import dev.agentfleet.worker.attempt.AttemptEvent.StopRequested;
import dev.agentfleet.worker.attempt.AttemptState.Ended;
import dev.agentfleet.worker.attempt.AttemptState.Overdue;
import dev.agentfleet.worker.attempt.AttemptState.Running;
import dev.agentfleet.worker.attempt.AttemptState.Stopping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptLifeTest {

    private static final Payload OUTPUT = new Payload("1");
    private static final Failure FAILURE = Failure.retryable("X", "x");

    private static final List<AttemptEvent> EVENTS = List.of(
            new ClaimDue(),
            new StopRequested(StopCause.TIMEOUT),
            new StopRequested(StopCause.CANCEL),
            new StopRequested(StopCause.DRAIN),
            new GracePassed(),
            new CodeReturned(OUTPUT),
            new CodeFailed(FAILURE),
            new CodeUnavailable(FAILURE));

    private static final Decision RETURNED = ends(new Verdict.Succeeded(OUTPUT));
    private static final Decision FAILED = ends(new Verdict.Failed(FAILURE));
    private static final Decision UNAVAILABLE = ends(new Verdict.Unavailable(FAILURE));
    private static final Decision TIMED_OUT = ends(new Verdict.TimedOut());
    private static final Decision DROPPED = ends(new Verdict.Dropped());
    private static final Decision RELEASED = ends(new Verdict.Released(ReleaseReason.DRAIN));
    private static final Decision QUIET_END = Decision.unchanged(new Ended());

    /** Stands for "no change, no effect"; no decision looks like this. */
    private static final Decision NOTHING = new Decision(new Ended(), List.of(new Claim()));

    /** For each state what each of the events above makes of it. */
    private static final Map<AttemptState, Decision[]> MATRIX = new LinkedHashMap<>();

    static {
        row(
                new Running(false),
                Decision.of(new Running(true), new Claim()),
                stops(StopCause.TIMEOUT),
                stops(StopCause.CANCEL),
                stops(StopCause.DRAIN),
                NOTHING,
                RETURNED,
                FAILED,
                UNAVAILABLE);
        row(
                new Running(true),
                NOTHING,
                stops(StopCause.TIMEOUT),
                stops(StopCause.CANCEL),
                stops(StopCause.DRAIN),
                NOTHING,
                RETURNED,
                FAILED,
                UNAVAILABLE);
        row(
                new Stopping(StopCause.TIMEOUT),
                NOTHING,
                NOTHING,
                Decision.unchanged(new Stopping(StopCause.CANCEL)),
                NOTHING,
                Decision.of(new Overdue(StopCause.TIMEOUT), new Conclude(new Verdict.TimedOut())),
                TIMED_OUT,
                TIMED_OUT,
                TIMED_OUT);
        row(
                new Stopping(StopCause.CANCEL),
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                Decision.of(new Overdue(StopCause.CANCEL), new Conclude(new Verdict.Dropped())),
                DROPPED,
                DROPPED,
                DROPPED);
        row(
                new Stopping(StopCause.DRAIN),
                NOTHING,
                NOTHING,
                Decision.unchanged(new Stopping(StopCause.CANCEL)),
                NOTHING,
                NOTHING,
                RETURNED,
                RELEASED,
                RELEASED);
        row(
                new Overdue(StopCause.TIMEOUT),
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                QUIET_END,
                QUIET_END,
                QUIET_END);
        row(
                new Overdue(StopCause.CANCEL),
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                QUIET_END,
                QUIET_END,
                QUIET_END);
        row(new Ended(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    }

    private static void row(AttemptState state, Decision... decisions) {
        MATRIX.put(state, decisions);
    }

    static IntStream cells() {
        return IntStream.range(0, MATRIX.size() * EVENTS.size());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void decidesEveryCellOfTheMatrix(int cell) {
        var row = List.copyOf(MATRIX.entrySet()).get(cell / EVENTS.size());
        var state = row.getKey();
        var event = EVENTS.get(cell % EVENTS.size());
        var expected = row.getValue()[cell % EVENTS.size()];

        assertThat(AttemptLife.decide(state, event))
                .as("%s + %s", state, event)
                .isEqualTo(expected.equals(NOTHING) ? Decision.unchanged(state) : expected);
    }

    @Test
    void everyReachableStateIsARowOfTheMatrix() {
        var reachable = new ArrayList<AttemptState>(List.of(AttemptLife.STARTED));
        for (int i = 0; i < reachable.size(); i++) {
            for (var event : EVENTS) {
                var next = AttemptLife.decide(reachable.get(i), event).next();
                if (!reachable.contains(next)) {
                    reachable.add(next);
                }
            }
        }

        assertThat(reachable).containsExactlyInAnyOrderElementsOf(MATRIX.keySet());
    }

    @Test
    void concludesExactlyOnceWhateverTheOrder() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            AttemptState state = AttemptLife.STARTED;
            int conclusions = 0;
            for (int step = 0; step < 12; step++) {
                state = step(state, EVENTS.get(random.nextInt(EVENTS.size())));
                conclusions += this.concluded;
            }
            conclusions += concludeBy(state);
            assertThat(conclusions).as("seed %d run %d", seed, run).isEqualTo(1);
        }
    }

    private int concluded;

    private AttemptState step(AttemptState state, AttemptEvent event) {
        var decision = AttemptLife.decide(state, event);
        concluded = (int)
                decision.effects().stream().filter(Conclude.class::isInstance).count();
        return decision.next();
    }

    /** Lets the code end at last. */
    private int concludeBy(AttemptState state) {
        assertThat(step(state, new CodeFailed(FAILURE))).isEqualTo(new Ended());
        return concluded;
    }

    private static Decision stops(StopCause cause) {
        return Decision.of(new Stopping(cause), new StopCode());
    }

    private static Decision ends(Verdict verdict) {
        return Decision.of(new Ended(), new Conclude(verdict));
    }

    @Test
    void matrixIsComplete() {
        assertThat(MATRIX.values())
                .allSatisfy(row -> assertThat(Arrays.asList(row)).hasSameSizeAs(EVENTS));
    }
}
