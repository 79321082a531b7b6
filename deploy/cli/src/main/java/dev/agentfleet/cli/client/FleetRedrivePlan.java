package dev.agentfleet.cli.client;

import dev.agentfleet.contract.RunId;
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
 * @param atLeast how long taking up the tasks takes at the rate asked for
 * @param cutShort why dead letters are left that were not looked at
 * @param next the cursor with which a further call goes on there
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

    /**
     * A run that dead letters name.
     *
     * @param startAfter how long it waits for the runs before it
     * @param skipped why nothing of it is done again
     */
    public record PlannedRun(
            RunId runId,
            @Nullable Integer revision,
            int tasks,
            Map<String, Integer> codes,
            @Nullable Duration startAfter,
            @Nullable String skipped) {}
}
