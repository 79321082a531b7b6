package dev.agentfleet.orchestrator.query;

import org.jspecify.annotations.Nullable;

/**
 * A run that was admitted, and with what: tells whether something sent under its name is the same.
 *
 * @param contentHash of its submission
 * @param digest of its chunks once it has all its tasks; null before, and when it never got them
 */
public record AdmittedRun(
        RunView run, String contentHash, @Nullable String digest) {}
