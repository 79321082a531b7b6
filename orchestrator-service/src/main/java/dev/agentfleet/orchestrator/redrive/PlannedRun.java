package dev.agentfleet.orchestrator.redrive;

import dev.agentfleet.contract.RunId;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run that matching dead letters name.
 *
 * @param revision that is opened; null where none is
 * @param tasks done again
 * @param codes how many of them by failure code
 * @param startAfter how long the run waits for those before it, so that all together keep to the rate; null when it need not
 * @param skipped why nothing of it is done again; null where something is
 */
public record PlannedRun(
        RunId runId,
        @Nullable Integer revision,
        int tasks,
        Map<String, Integer> codes,
        @Nullable Duration startAfter,
        @Nullable String skipped) {

    public PlannedRun {
        codes = Collections.unmodifiableMap(new TreeMap<>(codes));
    }

    static PlannedRun skipped(RunId runId, String why) {
        return new PlannedRun(runId, null, 0, Map.of(), null, why);
    }
}
