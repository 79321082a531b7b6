package dev.agentfleet.cli;

/** Runs as JSON, the way the orchestrator answers. */
public final class RunViews {
    private RunViews() {}

    public static String run(String id, String status, int tasks, int succeeded, int failed) {
        return """
                {"runId":"%s","status":"%s","revision":1,"tasks":%d,"sealed":true,
                 "counts":{"succeeded":%d,"failed":%d,"timedOut":0,"cancelled":0,"skipped":0},
                 "waiting":0,"inFlight":%d,"backingOff":0,"attempts":%d,"later":"unknown",
                 "admittedAt":"2026-01-02T03:04:05Z"}""".formatted(id, status, tasks, succeeded, failed, tasks - succeeded - failed, tasks);
    }
}
