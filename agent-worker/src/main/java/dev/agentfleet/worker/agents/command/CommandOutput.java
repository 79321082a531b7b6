package dev.agentfleet.worker.agents.command;

import java.time.Duration;

/**
 * What {@code command} returns.
 *
 * @param exitCode 0 unless failure is allowed; 128 + n when signal n ended it
 * @param stdout what it wrote, read as UTF-8, from the beginning
 * @param stderr likewise
 * @param stdoutTruncated whether it wrote more than is kept
 * @param stderrTruncated likewise
 * @param duration from its start to its end
 */
public record CommandOutput(
        int exitCode,
        String stdout,
        String stderr,
        boolean stdoutTruncated,
        boolean stderrTruncated,
        Duration duration) {}
