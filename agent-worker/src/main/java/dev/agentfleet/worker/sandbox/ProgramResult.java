package dev.agentfleet.worker.sandbox;

import java.time.Duration;

/**
 * How a program ended.
 *
 * @param exitCode 128 + n when signal n ended it
 * @param stdout what it wrote, read as UTF-8, from the beginning
 * @param stderr likewise
 * @param stdoutTruncated whether it wrote more than is kept
 * @param stderrTruncated likewise
 * @param duration from its start to its end
 */
public record ProgramResult(
        int exitCode,
        String stdout,
        String stderr,
        boolean stdoutTruncated,
        boolean stderrTruncated,
        Duration duration) {}
