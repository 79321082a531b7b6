package dev.agentfleet.orchestrator.kafka;

/** Told on a stream thread what became of its transaction. */
public interface TransactionListener {

    void committed();

    void aborted();
}
