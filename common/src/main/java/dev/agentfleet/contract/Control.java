package dev.agentfleet.contract;

/** What every worker must know, on {@code fleet.control}, keyed by type and scope (see {@link Topics#controlKey}). */
public sealed interface Control extends Message permits CancelRun, StopAttempt, LimitLane, HoldLane {}
