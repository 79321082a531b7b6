package dev.agentfleet.orchestrator.quota;

/**
 * A provider's refusal.
 *
 * @param until nothing is granted before, and from then on more and more
 * @param told until when all workers were told that it lasts
 * @param again how many times in a row the lane was refused while it opened
 */
public record Hold(long until, long told, int again) {}
