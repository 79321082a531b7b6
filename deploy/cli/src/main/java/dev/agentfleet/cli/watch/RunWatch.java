package dev.agentfleet.cli.watch;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.RunEvents;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run until it has ended and shows its progress: a bar drawn over itself for a person, a line now and then for a
 * pipe. The orchestrator tells the run's states over one connection. Once it breaks, the run is polled until somebody
 * answers, who is listened to then; where a connection tells nothing, the run is polled to its end. An orchestrator that is
 * away for a while is waited for.
 */
public final class RunWatch {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final FleetApi api;
    private final Terminal terminal;
    private final Time time;
    private final Duration admission;
    private final boolean showing;
    private final RateMeter meter = new RateMeter();
    private boolean answered;
    private @Nullable Instant lineAt;
    private @Nullable Instant awaySince;

    /**
     * @param admission how long the run may be unknown at first: a submitted run is admitted a moment later
     * @param showing whether to show the progress, not only wait
     */
    public RunWatch(FleetApi api, Terminal terminal, Time time, Duration admission, boolean showing) {
        this.api = api;
        this.terminal = terminal;
        this.time = time;
        this.admission = admission;
        this.showing = showing;
        this.answered = admission.isPositive();
    }

    /** The run as it ended. */
    public RunView toItsEnd(RunId id) throws InterruptedException {
        Instant start = time.instant();
        boolean listening = true;
        while (true) {
            Optional<RunView> told = listening ? listen(id) : Optional.empty();
            if (told.isPresent() && told.get().status().isFinal()) {
                return told.get();
            }
            RunView run = pollUntilAnswered(id, start);
            if (seen(run)) {
                return run;
            }
            listening = told.isPresent();
            time.sleep(INTERVAL);
        }
    }

    /** The last that was told of the run, its end unless the connection broke before; empty when nothing was. */
    private Optional<RunView> listen(RunId id) throws InterruptedException {
        Optional<RunView> last = Optional.empty();
        try (RunEvents events = api.events(id)) {
            for (Optional<RunView> next = events.next(); next.isPresent(); next = events.next()) {
                answered = true;
                last = next;
                if (seen(next.get())) {
                    break;
                }
            }
        } catch (UnreachableException | ProblemException e) {
            // Polling says what is wrong, and bears what can be borne.
        }
        return last;
    }

    private RunView pollUntilAnswered(RunId id, Instant start) throws InterruptedException {
        RunView run = poll(id, start);
        while (run == null) {
            time.sleep(INTERVAL);
            run = poll(id, start);
        }
        return run;
    }

    /** Whether this was its end. */
    private boolean seen(RunView run) {
        meter.add(time.instant(), run.done());
        show(run);
        return run.status().isFinal();
    }

    private @Nullable RunView poll(RunId id, Instant start) throws InterruptedException {
        try {
            RunView run = api.run(id);
            answered = true;
            if (awaySince != null) {
                terminal.erase();
                terminal.note("the orchestrator answers again");
                awaySince = null;
            }
            return run;
        } catch (UnreachableException e) {
            bear(e);
        } catch (ProblemException e) {
            boolean tooLate = time.instant().isAfter(start.plus(admission));
            if (!e.problem().isNotFound() || tooLate) {
                throw e;
            }
        }
        return null;
    }

    private void bear(UnreachableException e) {
        if (!answered && !e.isStarting()) {
            throw e;
        }
        Instant now = time.instant();
        if (awaySince == null) {
            awaySince = now;
            terminal.erase();
            terminal.note(e.getMessage() + " (trying again for " + Figures.duration(PATIENCE) + "; the run goes on)");
        } else if (now.isAfter(awaySince.plus(PATIENCE))) {
            throw e;
        }
    }

    private void show(RunView run) {
        boolean ended = run.status().isFinal();
        if (!showing) {
            return;
        }
        if (terminal.interactive()) {
            terminal.draw(ProgressLine.bar(run, meter));
            if (ended) {
                terminal.note("");
            }
        } else if (ended || lineAt == null || !time.instant().isBefore(lineAt.plus(LINE_INTERVAL))) {
            lineAt = time.instant();
            terminal.note(run.runId() + "  " + run.status() + "  " + ProgressLine.text(run, meter));
        }
    }
}
