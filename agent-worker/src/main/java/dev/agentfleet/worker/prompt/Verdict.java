package dev.agentfleet.worker.prompt;

/** Whether an answer that keeps to its schema can be used. */
public sealed interface Verdict<T> {

    /** It can, as this. */
    record Accepted<T>(T value) implements Verdict<T> {}

    /**
     * It cannot.
     *
     * @param complaint what the model is told; may quote the answer
     * @param reason what people are told; quotes nothing but names of files
     */
    record Refused<T>(String complaint, String reason) implements Verdict<T> {}
}
