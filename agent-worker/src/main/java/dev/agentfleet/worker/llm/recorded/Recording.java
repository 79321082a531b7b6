package dev.agentfleet.worker.llm.recorded;

import dev.agentfleet.worker.llm.StopReason;
import dev.agentfleet.worker.llm.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, as its file holds it.
 *
 * @param prompt the hash of what was asked
 * @param model that answered
 * @param question the last turn that was asked, for people
 * @param usage as it was
 */
record Recording(
        String agent,
        String prompt,
        String model,
        @Nullable String question,
        String text,
        @Nullable StopReason stopReason,
        @Nullable Usage usage) {}
