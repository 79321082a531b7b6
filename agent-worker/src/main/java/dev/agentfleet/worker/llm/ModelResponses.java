package dev.agentfleet.worker.llm;

/** Hears of every answer. */
public interface ModelResponses {

    /** On the thread that asked, before the agent gets the answer. */
    void answered(ModelRequest request, ModelResponse response);
}
