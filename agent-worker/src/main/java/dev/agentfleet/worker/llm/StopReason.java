package dev.agentfleet.worker.llm;

/** Why a model stopped. */
public enum StopReason {
    /** It had said everything. */
    END,
    /** The answer is cut at {@code maxOutputTokens} or at the model's own limit. */
    MAX_TOKENS,
    /** It, or a filter of its provider, refused to go on. */
    REFUSAL,
    /** Anything else the provider said. */
    OTHER
}
