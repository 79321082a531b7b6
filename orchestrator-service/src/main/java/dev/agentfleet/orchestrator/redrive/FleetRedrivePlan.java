package dev.agentfleet.orchestrator.redrive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What redriving across runs does, or would do.
 *
 * @param since from which on dead letters were looked at
 * @param opened how many runs get a further revision
 * @param tasks done again, of all runs
 * @param codes how many of them by failure code
 * @param atLeast how long taking them up takes at the rate asked for; null without one
 * @param runs the runs named by matching dead letters, in the order of their oldest one
 * @param cutShort why dead letters are left that were not looked at; null when all were
 * @param next the cursor with which a further call goes on there; null when all were
 */
public record FleetRedrivePlan(
        Instant since,
        int opened,
        int tasks,
        Map<String, Integer> codes,
        @Nullable Duration atLeast,
        List<PlannedRun> runs,
        @Nullable String cutShort,
        @Nullable String next) {

    public FleetRedrivePlan {
        runs = List.copyOf(runs);
    }
}
