package dev.agentfleet.contract;

import java.util.Optional;

/**
 * The names of the fleet's topics.
 *
 * @param prefix stands before every name, with its separator; {@code fleet.} unless configured
 */
public record Topics(String prefix) {

    public static final Topics DEFAULT = new Topics("fleet.");

    private static final String CANCEL = "CancelRun/";

    public String requests() {
        return prefix + "requests";
    }

    public String tasks(String pool) {
        return prefix + "tasks." + pool;
    }

    /** The consumer group of the pool's workers on its tasks topic. */
    public String workersGroup(String pool) {
        return prefix + "workers." + pool;
    }

    public String results() {
        return prefix + "results";
    }

    public String runs() {
        return prefix + "runs";
    }

    public String workers() {
        return prefix + "workers";
    }

    public String control() {
        return prefix + "control";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** What is asked of the owner of the quotas. */
    public String quotaRequests() {
        return prefix + "quota.requests";
    }

    /** What the owner of the quotas answers. */
    public String quotaGrants() {
        return prefix + "quota.grants";
    }

    /** Record key of a control message: type and scope, so that compaction keeps the last word on each. */
    public static String controlKey(Control control) {
        return switch (control) {
            case CancelRun cancel -> CANCEL + cancel.runId();
            case LimitLane limit -> "LimitLane/" + limit.lane();
            case HoldLane hold -> "HoldLane/" + hold.lane();
            case StopAttempt stop -> "StopAttempt/" + stop.taskId() + '#' + stop.attempt() + '/' + stop.workerId();
        };
    }

    /** Record key of a run's cancel. A record without value under it says that the cancel counts no more. */
    public static String cancelKey(RunId id) {
        return CANCEL + id;
    }

    /** The run whose cancel has this key; empty for any other key. */
    public static Optional<RunId> cancelledRun(String key) {
        return key.startsWith(CANCEL) ? Optional.of(new RunId(key.substring(CANCEL.length()))) : Optional.empty();
    }
}
