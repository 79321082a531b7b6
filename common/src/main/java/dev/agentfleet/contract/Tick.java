package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Written by the owner of a home partition to that partition of {@code fleet.results} and read back by it: evidence that time passed. Others ignore it. */
@JsonClassDescription("Internal: an orchestrator's evidence that time passed on this partition. Readers ignore it.")
public record Tick(
        @JsonPropertyDescription("Counts the ticks of one owner.")
        long number) implements Message {}
