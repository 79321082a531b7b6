package dev.agentfleet.worker.runtime;

import java.util.List;

/** The worker's own metrics. */
public enum WorkerMetric {
    SLOTS("fleet.worker.slots", "attempts", "Attempts this worker can run at once."),
    SLOTS_BUSY("fleet.worker.slots.busy", "attempts", "Slots taken: attempts whose result is not durable yet."),
    SLOTS_LOST("fleet.worker.slots.lost", "attempts", "Slots held by code that does not stop."),
    ATTEMPTS_ENDED(
            "fleet.worker.attempts.ended",
            "attempts",
            "Attempts concluded here, by agent and verdict.",
            "agent",
            "verdict"),
    INPUT_TOKENS(
            "fleet.worker.tokens.input",
            "tokens",
            "Tokens sent, as the agents said; of cancelled attempts too.",
            "agent"),
    OUTPUT_TOKENS(
            "fleet.worker.tokens.output",
            "tokens",
            "Tokens received, as the agents said; of cancelled attempts too.",
            "agent"),
    MONEY("fleet.worker.cost", "usd", "Money spent, as the agents said; of cancelled attempts too.", "agent"),
    ASSIGNMENTS_UNREADABLE("fleet.worker.assignments.unreadable", "records", "Assignments that could not be read.");

    private final String metricName;
    private final String unit;
    private final String description;
    private final List<String> tags;

    WorkerMetric(String metricName, String unit, String description, String... tags) {
        this.metricName = metricName;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    public String metricName() {
        return metricName;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public List<String> tags() {
        return tags;
    }
}
