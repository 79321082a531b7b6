package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses tasks by their outcome. Every part that is given must fit. */
public record RedriveFilter(
        @JsonPropertyDescription("Outcomes, of which one must be the task's. Default: FAILED and TIMED_OUT.") @Nullable
        Set<TaskStatus> statuses,

        @JsonPropertyDescription("Failure codes, of which one must be the task's. Default: any.") @Nullable
        Set<String> codes,

        @JsonPropertyDescription("Agents, of which one must be the task's. Default: any.") @Nullable
        Set<String> agents) {

    /** What FAILED or TIMED_OUT. */
    public static final RedriveFilter FAILED = new RedriveFilter(null, null, null);

    private static final Set<TaskStatus> DEFAULT_STATUSES = Set.of(TaskStatus.FAILED, TaskStatus.TIMED_OUT);

    public RedriveFilter {
        Rules.require(statuses == null || !statuses.isEmpty(), "filter.statuses", "[]", "must name an outcome");
        Rules.require(codes == null || !codes.isEmpty(), "filter.codes", "[]", "must name a code");
        Rules.require(agents == null || !agents.isEmpty(), "filter.agents", "[]", "must name an agent");
        statuses = statuses == null ? null : Set.copyOf(statuses);
        codes = codes == null ? null : Set.copyOf(codes);
        agents = agents == null ? null : Set.copyOf(agents);
    }

    /** Whether it means a task that ended so; {@code code} is its failure's. */
    public boolean takes(TaskStatus status, @Nullable String code, String agent) {
        return (statuses == null ? DEFAULT_STATUSES : statuses).contains(status)
                && (codes == null || (code != null && codes.contains(code)))
                && (agents == null || agents.contains(agent));
    }
}
