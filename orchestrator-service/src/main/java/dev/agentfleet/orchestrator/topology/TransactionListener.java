package dev.agentfleet.orchestrator.topology;

/** Told on a stream thread what became of its transaction. */
public interface TransactionListener {

    void committed();

    void aborted();
}
