package dev.agentfleet.orchestrator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.orchestrator.query.OutcomeFeed;
import dev.agentfleet.orchestrator.query.RunView;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one client is told of one run, event by event as it asks for the next. Nothing waits for a client but its outcomes:
 * while it does not ask, the counts go on unseen, and it gets the latest ones next. Used by one thread at a time.
 */
final class RunEventStream {

    private static final Duration COUNTS_EVERY = Duration.ofMillis(200);
    /** A client, or what stands between, can take a connection on which nothing comes for dead. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    /**
     * @param name of its kind; empty when it only says that the stream lives, or ends
     * @param last whether none follows
     */
    record Event(String name, String json, boolean last) {}

    private final Supplier<Optional<RunView>> run;
    private final BooleanSupplier elsewhere;
    private final OutcomeFeed outcomes;
    private final Deque<Event> ready = new ArrayDeque<>();
    private @Nullable RunView told;
    private boolean toldLost;
    private long toldAt = System.nanoTime();
    private long dueAt = toldAt;

    /**
     * @param run the run as it is; empty while that cannot be said
     * @param elsewhere whether another process must be asked: then the stream ends, and whoever connects again finds that one
     */
    RunEventStream(Supplier<Optional<RunView>> run, BooleanSupplier elsewhere, OutcomeFeed outcomes) {
        this.run = run;
        this.elsewhere = elsewhere;
        this.outcomes = outcomes;
    }

    /** Waits for it. */
    Event next() throws InterruptedException {
        while (ready.isEmpty()) {
            look();
        }
        toldAt = System.nanoTime();
        return ready.remove();
    }

    /** Outcomes come as soon as they are committed, counts when they are due. */
    private void look() throws InterruptedException {
        long left = dueAt - System.nanoTime();
        if (left > 0) {
            takeOutcomes(Duration.ofNanos(left));
            return;
        }
        // Looked up first: what was committed before the end is then among the outcomes.
        Optional<RunView> now = run.get();
        dueAt = System.nanoTime() + COUNTS_EVERY.toNanos();
        takeOutcomes(Duration.ZERO);
        now.ifPresent(this::tell);
        if ((ready.isEmpty() || !ready.getLast().last()) && elsewhere.getAsBoolean()) {
            ready.add(new Event("", "", true));
        }
        if (ready.isEmpty() && System.nanoTime() - toldAt > SIGN_OF_LIFE.toNanos()) {
            ready.add(new Event("", "", false));
        }
    }

    private void tell(RunView view) {
        if (!view.equals(told)) {
            told = view;
            ready.add(event("RunView", view, false));
        }
        if (view.status().isFinal()) {
            ready.add(event("RunCompleted", completed(view), true));
        }
    }

    private void takeOutcomes(Duration patience) throws InterruptedException {
        outcomes.take(patience).forEach(outcome -> ready.add(event("TaskOutcome", outcome, false)));
        if (outcomes.isLost() && !toldLost) {
            toldLost = true;
            ready.add(new Event("OutcomesDropped", "{}", false));
        }
    }

    private static Event event(String name, Object value, boolean last) {
        try {
            byte[] json = value instanceof Message message
                    ? Json.write(message)
                    : Json.mapper().writeValueAsBytes(value);
            return new Event(name, new String(json, StandardCharsets.UTF_8), last);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunCompleted completed(RunView run) {
        return new RunCompleted(
                run.runId(),
                run.revision(),
                run.status(),
                run.tasks(),
                run.counts(),
                run.attempts(),
                run.cost(),
                run.work(),
                run.failures() == null ? List.of() : run.failures(),
                run.failure(),
                Objects.requireNonNull(run.admittedAt()),
                Objects.requireNonNull(run.completedAt()));
    }
}
