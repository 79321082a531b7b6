package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A run with a budget is purged. See ADR 44. */
@JsonClassDescription("A run with a budget is purged: what it spent is of no interest any more. It gets no answer.")
public record ForgetBudget(
        @JsonPropertyDescription("The run.") RunId runId) implements BudgetRequest {}
