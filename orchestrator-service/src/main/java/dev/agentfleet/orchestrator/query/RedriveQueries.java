package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Objection;
import dev.agentfleet.orchestrator.run.Redrive;
import dev.agentfleet.orchestrator.run.Run;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what a redrive of a run held here would do if it came now. */
public final class RedriveQueries {

    private final RunReader reader;
    private final OpenCompletions completions;

    public RedriveQueries(RunReader reader, OpenCompletions completions) {
        this.reader = reader;
        this.completions = completions;
    }

    /** Reads the run once, so that the revision it names is the one that follows what it counted. */
    public RedriveAnswer plan(RunId id, RedriveTasks request) {
        Run run = reader.run(id);
        if (run == null || run.purge() != null) {
            return new RedriveAnswer.Unknown(id);
        }
        Run known = completions.contains(id, run.revision()) ? run.reopened() : run;
        int revision = request.revision() == null ? run.revision() + 1 : request.revision();
        Optional<Objection> objection = Redrive.objection(known, revision);
        return objection.isPresent()
                ? new RedriveAnswer.Refused(objection.get())
                : new RedriveAnswer.Possible(count(run, revision, request));
    }

    private RedrivePlan count(Run run, int revision, RedriveTasks request) {
        Map<String, Integer> codes = new TreeMap<>();
        int[] tasks = new int[1];
        new RevisionOutcomes(reader, run, run.revision()).from(0, outcome -> {
            if (request.takes(outcome)) {
                tasks[0]++;
                codes.merge(
                        outcome.failure() == null ? "none" : outcome.failure().code(), 1, Integer::sum);
            }
            return request.max() == null || tasks[0] < request.max();
        });
        return new RedrivePlan(run.id(), revision, tasks[0], codes, atLeast(tasks[0], request.rate()));
    }

    /** How long taking up so many tasks takes; null without a rate. */
    public static @Nullable Duration atLeast(long tasks, @Nullable Integer rate) {
        return rate == null ? null : Duration.ofMillis(Math.max(0, tasks - 1) * 1_000L / rate);
    }
}
