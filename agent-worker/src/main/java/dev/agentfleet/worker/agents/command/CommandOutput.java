package dev.agentfleet.worker.agents.command;

import dev.agentfleet.worker.sandbox.FileContent;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code command} returns.
 *
 * @param exitCode 0 unless failure is allowed; 128 + n when signal n ended it
 * @param stdout what it wrote, read as UTF-8, from the beginning
 * @param stderr likewise
 * @param stdoutTruncated whether it wrote more than is kept
 * @param stderrTruncated likewise
 * @param duration from its start to its end
 * @param sandbox the level at which it ran: {@code none} or {@code bwrap}
 * @param files what is in the files it was to leave behind, by path; absent when its input names none
 */
public record CommandOutput(
        int exitCode,
        String stdout,
        String stderr,
        boolean stdoutTruncated,
        boolean stderrTruncated,
        Duration duration,
        String sandbox,
        @Nullable Map<String, FileContent> files) {}
