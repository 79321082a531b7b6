package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.PermitsGranted;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of a lane.
 *
 * @param granted the answer to the worker that asked; null when it asked for nothing
 * @param control what every worker must know; null when nothing changed for all
 */
public record LaneAnswer(
        LaneLedger next,
        @Nullable PermitsGranted granted,
        @Nullable Control control) {}
