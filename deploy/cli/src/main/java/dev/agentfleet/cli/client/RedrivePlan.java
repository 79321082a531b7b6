package dev.agentfleet.cli.client;

import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a redrive does, or would do.
 *
 * @param revision it opens
 * @param tasks it does again
 * @param codes how many of them by failure code
 * @param atLeast how long taking them up takes at the rate asked for
 */
public record RedrivePlan(
        RunId runId,
        int revision,
        int tasks,
        Map<String, Integer> codes,
        @Nullable Duration atLeast) {}
