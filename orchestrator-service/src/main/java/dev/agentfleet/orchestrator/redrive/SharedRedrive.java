package dev.agentfleet.orchestrator.redrive;

import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import dev.agentfleet.orchestrator.query.RedrivePlan;
import dev.agentfleet.orchestrator.query.RedriveQueries;
import dev.agentfleet.orchestrator.run.Objection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shares the most tasks and the rate among runs, one after the other as they come: each may take what those before it left,
 * and begins when they have been taken up. For one thread.
 */
final class SharedRedrive {

    /** Looked at in one call, skipped ones too. */
    static final int MOST_RUNS = 1_000;

    private final LetterRedrive asked;
    private final List<PlannedRun> runs = new ArrayList<>();
    private final Map<String, Integer> codes = new TreeMap<>();
    private int opened;
    private int tasks;

    SharedRedrive(LetterRedrive asked) {
        this.asked = asked;
    }

    /** What is to be asked of the next run. */
    RedriveTasks next() {
        return asked.ofOneRun(asked.max() == null ? null : (Integer) (asked.max() - tasks));
    }

    /** Takes in what the run answered to {@link #next()}. */
    void add(RunId id, RedriveAnswer answer) {
        runs.add(
                switch (answer) {
                    case RedriveAnswer.Possible(RedrivePlan plan)
                    when plan.tasks() == 0 ->
                        PlannedRun.skipped(
                                id, "none of its tasks stands so any more: they succeeded, or ended otherwise, since");
                    case RedriveAnswer.Possible(RedrivePlan plan) -> opened(plan);
                    case RedriveAnswer.Refused(Objection objection) ->
                        PlannedRun.skipped(
                                id, objection.field().equals("runId") ? objection.rule() : objection.explanation());
                    case RedriveAnswer.Unknown unknown ->
                        PlannedRun.skipped(id, "is not known: it was purged, or never submitted");
                });
    }

    private PlannedRun opened(RedrivePlan plan) {
        Duration wait = asked.span(tasks);
        opened++;
        tasks += plan.tasks();
        plan.codes().forEach((code, number) -> codes.merge(code, number, Integer::sum));
        return new PlannedRun(
                plan.runId(), plan.revision(), plan.tasks(), plan.codes(), wait.isZero() ? null : wait, null);
    }

    /** Whether no further run may be asked. */
    boolean isFull() {
        return limit() != null;
    }

    /** @param next cursor of what was not looked at; null when everything was */
    FleetRedrivePlan plan(@Nullable String next) {
        String limit = limit();
        String cut = limit == null
                ? "a call looks through dead letters for no longer than " + FleetRedrive.PATIENCE.toSeconds()
                        + " seconds"
                : limit;
        return new FleetRedrivePlan(
                asked.since(),
                opened,
                tasks,
                codes,
                RedriveQueries.atLeast(tasks, asked.rate()),
                runs,
                next == null ? null : cut,
                next);
    }

    private @Nullable String limit() {
        if (asked.max() != null && tasks >= asked.max()) {
            return "the most tasks asked for, " + asked.max() + ", were found";
        }
        if (runs.size() >= MOST_RUNS) {
            return "a call looks at no more than " + MOST_RUNS + " runs";
        }
        return asked.span(tasks).compareTo(RunOptions.MAX_DURATION) > 0
                ? "at this rate no more can begin within " + RunOptions.MAX_DURATION
                : null;
    }
}
