package dev.agentfleet.worker.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call gave no answer. Its message names provider, status and the provider's own names for the error, but nothing
 * the provider wrote in prose: that may quote the prompt or the key. For the same reason it has no cause.
 */
public final class ModelCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the failure means for the task. */
    public enum Kind {
        /** The same call may do better soon. */
        TRANSIENT,
        /** There was no answer in time; the provider may have worked, and bill, for it. */
        TIMED_OUT,
        /** The same call will never do better. */
        PERMANENT,
        /** The provider takes no calls of this worker: neither this nor any other task is to blame. */
        REFUSED
    }

    private final Kind kind;
    private final String code;
    private final @Nullable Duration retryAfter;
    private final Usage billed;

    public ModelCallException(Kind kind, String code, String message) {
        this(kind, code, message, null, Usage.NONE);
    }

    private ModelCallException(Kind kind, String code, String message, @Nullable Duration retryAfter, Usage billed) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
        this.billed = billed;
    }

    /** The same, with the wait the provider asks for. */
    public ModelCallException withRetryAfter(@Nullable Duration wait) {
        return new ModelCallException(kind, code, String.valueOf(getMessage()), wait, billed);
    }

    /** The same, with what it cost although it failed. */
    public ModelCallException withBilled(Usage usage) {
        return new ModelCallException(kind, code, String.valueOf(getMessage()), retryAfter, usage);
    }

    public Kind kind() {
        return kind;
    }

    /** One of {@link LlmCode}. */
    public String code() {
        return code;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What is known to be billed. */
    public Usage billed() {
        return billed;
    }
}
