package dev.agentfleet.orchestrator.partition;

/**
 * How far a slice of deletions came.
 *
 * @param entries deleted by it
 * @param next every entry with a lower number is gone
 * @param done whether all others are gone too
 */
public record Swept(int entries, int next, boolean done) {}
