package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the first failed task means for the rest of its run. */
public enum FailurePolicy {
    /** Every task runs; each failure is reported. */
    @JsonProperty("collect")
    COLLECT,
    /** The first task with an outcome other than SUCCEEDED cancels all that have none. */
    @JsonProperty("fail-fast")
    FAIL_FAST
}
