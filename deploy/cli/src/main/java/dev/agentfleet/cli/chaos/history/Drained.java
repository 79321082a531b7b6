package dev.agentfleet.cli.chaos.history;

import java.time.Instant;

/**
 * A worker that was asked to end.
 *
 * @param name of its process
 * @param starting whether it was asked while it started
 * @param exitCode 137 when it had to be killed
 * @param at when it was asked, by this machine's clock
 * @param left when it had ended
 */
public record Drained(String name, long pid, boolean starting, int exitCode, Instant at, Instant left) {}
