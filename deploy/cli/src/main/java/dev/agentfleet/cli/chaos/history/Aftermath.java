package dev.agentfleet.cli.chaos.history;

import dev.agentfleet.contract.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was found after every fault was mended and the workload had time to end.
 *
 * @param unended runs that had not completed by then
 * @param committed offset of each partition of the tasks topic, up to which the workers have finished
 * @param unowned partitions of the tasks topic that no worker read
 * @param groupState of the workers' consumer group
 * @param deaths processes that ended though nobody ended them
 * @param before each run as the orchestrator showed it before its last kill, empty when it did not answer; null when it
 *     was not asked
 * @param after the same after it had rebuilt its state
 */
public record Aftermath(
        Set<RunId> unended,
        Map<Integer, Long> committed,
        List<Integer> unowned,
        String groupState,
        List<String> deaths,
        @Nullable Map<RunId, Optional<String>> before,
        @Nullable Map<RunId, Optional<String>> after) {

    public Aftermath {
        unended = Set.copyOf(unended);
        committed = Map.copyOf(committed);
        unowned = List.copyOf(unowned);
        deaths = List.copyOf(deaths);
        before = before == null ? null : Map.copyOf(before);
        after = after == null ? null : Map.copyOf(after);
    }
}
