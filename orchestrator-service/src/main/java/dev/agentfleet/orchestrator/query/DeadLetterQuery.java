package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are asked for; what is null does not matter.
 *
 * @param since not put aside before, in broker time
 * @param cursor where an earlier page ended; then {@code since} does not matter
 */
public record DeadLetterQuery(
        Instant since,
        @Nullable String cursor,
        @Nullable String agent,
        @Nullable String code,
        @Nullable RunId runId) {

    public boolean matches(DeadLetterView letter) {
        return (agent == null || agent.equals(letter.agent()))
                && (code == null || code.equals(letter.code()))
                && (runId == null || runId.equals(letter.runId()));
    }
}
