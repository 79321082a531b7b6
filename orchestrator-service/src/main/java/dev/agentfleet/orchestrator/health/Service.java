package dev.agentfleet.orchestrator.health;

/**
 * Whether there is any sense in asking this process. It opens when its first state is complete, and stays open while it
 * rebalances: during a failover those who survive are the ones to ask. Thread-safe.
 */
final class Service {

    private volatile boolean opened;

    /** @param state of the stream processing, as Kafka Streams names it */
    boolean isOpen(String state) {
        if (state.equals("RUNNING")) {
            opened = true;
            return true;
        }
        return opened && state.equals("REBALANCING");
    }
}
