package dev.agentfleet.orchestrator.health;

/**
 * Whether there is any sense in asking this process. It opens when its first state is complete, and stays open while it
 * rebalances: during a failover those who survive are the ones to ask. It is closed while threads fail one after another: one
 * or two may be bad luck. Thread-safe.
 */
final class Service {

    private static final int TOO_MANY_FAILURES = 3;

    private volatile boolean opened;

    /**
     * @param state of the stream processing, as Kafka Streams names it
     * @param failures of its threads of late
     */
    boolean isOpen(String state, int failures) {
        boolean running = state.equals("RUNNING");
        opened |= running;
        return (running || opened && state.equals("REBALANCING")) && failures < TOO_MANY_FAILURES;
    }
}
