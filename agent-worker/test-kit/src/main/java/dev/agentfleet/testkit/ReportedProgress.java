package dev.agentfleet.testkit;

/** One call of {@code context.progress}. Here every call is kept; a worker passes on at most one a second. */
public record ReportedProgress(double share, String note) {}
