package dev.agentfleet.orchestrator.topology;

/** Names of the topology's sinks: where a forwarded record leaves. */
final class Sinks {

    static final String REQUESTS = "to-home-partition";
    static final String RUNS = "to-runs";
    static final String DEAD_LETTERS = "to-dead-letters";
    static final String CONTROL = "to-control";
    static final String BUDGETS = "to-quota-requests";

    static final String QUOTA_GRANTS = "to-quota-grants";
    static final String QUOTA_CONTROL = "quota-to-control";
    static final String QUOTA_DEAD_LETTERS = "quota-to-dead-letters";

    private Sinks() {}

    static String tasks(String pool) {
        return "to-tasks-" + pool;
    }
}
