package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.orchestrator.partition.DecisionObserver;

/**
 * Who looks on while home partitions work; nothing of it changes what they do.
 *
 * @param decisions sees every decision
 * @param unreadable called for every record that is put aside as it is
 * @param loads gets what each partition has to do, several times a second
 * @param traces makes the spans
 */
public record Telemetry(DecisionObserver decisions, Runnable unreadable, LoadListener loads, RunTraces traces) {

    public static final Telemetry NONE =
            new Telemetry(DecisionObserver.NONE, () -> {}, (partition, load) -> {}, RunTraces.none());
}
