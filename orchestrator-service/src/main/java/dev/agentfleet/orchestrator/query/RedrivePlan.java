package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a redrive would do.
 *
 * @param revision it would open
 * @param tasks it would do again
 * @param codes how many of them by failure code; none for tasks without one
 * @param atLeast how long taking them up would take at the rate asked for; null without one
 */
public record RedrivePlan(
        RunId runId,
        int revision,
        int tasks,
        Map<String, Integer> codes,
        @Nullable Duration atLeast) {}
