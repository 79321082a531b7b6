package dev.agentfleet.worker.llm;

import dev.agentfleet.agent.Tokens;

/**
 * Tokens of a call, each counted in one place only.
 *
 * @param input sent, neither read from nor written to a cache
 * @param output answered with
 * @param cacheRead sent, and known to the provider's cache
 * @param cacheWrite sent, and kept in the provider's cache
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0) {
            throw new IllegalArgumentException("usage: '" + input + "/" + output + "/" + cacheRead + "/" + cacheWrite
                    + "' must be at least 0 each");
        }
    }

    /** All tokens that were sent. */
    public long sent() {
        return input + cacheRead + cacheWrite;
    }

    /** As an attempt is told. */
    Tokens tokens() {
        return new Tokens(sent(), output, cacheRead, cacheWrite);
    }

    public Usage plus(Usage other) {
        return new Usage(
                input + other.input, output + other.output, cacheRead + other.cacheRead, cacheWrite + other.cacheWrite);
    }
}
