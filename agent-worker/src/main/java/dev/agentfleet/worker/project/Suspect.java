package dev.agentfleet.worker.project;

import org.jspecify.annotations.Nullable;

/**
 * A place that may be wrong.
 *
 * @param file its path
 * @param line from 1; absent: the file as a whole
 * @param reason what speaks against it
 */
public record Suspect(String file, @Nullable Integer line, String reason) {

    public Suspect {
        Texts.requireShort("reason", reason);
    }
}
