package dev.agentfleet.orchestrator.redrive;

import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.DeadLetters;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the runs that dead letters name and says what is to be done again of each. Thread-safe. */
public final class FleetRedrive {

    /** A client waits for an answer half a minute. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DeadLetters letters;
    private final Runs runs;

    /** Whoever answers for a run. */
    @FunctionalInterface
    public interface Runs {
        RedriveAnswer plan(RunId id, RedriveTasks request);
    }

    public FleetRedrive(DeadLetters letters, Runs runs) {
        this.letters = letters;
        this.runs = runs;
    }

    /**
     * Looks through the dead letters, oldest first, and asks each run they name once.
     *
     * @throws dev.agentfleet.orchestrator.query.StateUnavailableException when the dead letters or a run's owner do not answer
     */
    public FleetRedrivePlan plan(LetterRedrive asked) {
        SharedRedrive shared = new SharedRedrive(asked);
        Set<RunId> seen = new HashSet<>();
        Optional<String> next = letters.forEach(asked.query(), PATIENCE, letter -> {
            RunId id = asked.runOf(letter);
            if (id != null && seen.add(id)) {
                shared.add(id, runs.plan(id, shared.next()));
            }
            return !shared.isFull();
        });
        return shared.plan(next.orElse(null));
    }

    /** What the runs of the plan are to be told, in the order in which they begin. Told again, they change nothing. */
    public static List<RedriveTasks> requests(LetterRedrive asked, FleetRedrivePlan plan) {
        return plan.runs().stream()
                .filter(run -> run.skipped() == null)
                .map(asked::told)
                .toList();
    }
}
