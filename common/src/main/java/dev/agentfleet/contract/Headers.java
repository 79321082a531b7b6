package dev.agentfleet.contract;

/** Names of the Kafka record headers the fleet writes. Values are UTF-8 text. */
public final class Headers {

    public static final String RUN_ID = "fleet-run-id";
    public static final String TASK_ID = "fleet-task-id";
    public static final String ATTEMPT = "fleet-attempt";
    public static final String AGENT = "fleet-agent";
    public static final String WORKER_ID = "fleet-worker-id";

    /** W3C trace context: the trace a request begins in, and each step of it after that. */
    public static final String TRACEPARENT = "traceparent";

    /** On a request that an orchestrator sent on to its home partition. */
    public static final String FORWARDED = "fleet-forwarded";

    /** On a dead letter: why it lies there. */
    public static final String REASON = "fleet-reason";
    /** On the dead letter of an unreadable record: where it came from. */
    public static final String SOURCE_TOPIC = "fleet-source-topic";

    public static final String SOURCE_PARTITION = "fleet-source-partition";
    public static final String SOURCE_OFFSET = "fleet-source-offset";

    private Headers() {}
}
