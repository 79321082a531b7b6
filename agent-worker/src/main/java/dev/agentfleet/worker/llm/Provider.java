package dev.agentfleet.worker.llm;

import dev.agentfleet.worker.config.LlmConfig;
import java.util.Locale;

/** Who answers. */
public enum Provider {
    ANTHROPIC,
    /** OpenAI, or any server that speaks its chat completions. */
    OPENAI,
    /** Files. */
    RECORDED;

    static Provider of(LlmConfig.ProviderName name) {
        return valueOf(name.name());
    }

    /** The sent tokens that count towards its limits: Anthropic leaves out what its cache knows. */
    long limited(Usage usage) {
        return this == ANTHROPIC ? usage.input() + usage.cacheWrite() : usage.sent();
    }

    /** As in configuration, metrics and messages. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
