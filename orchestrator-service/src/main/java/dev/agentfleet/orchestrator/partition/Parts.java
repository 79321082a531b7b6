package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.orchestrator.run.AdmissionRules;
import java.time.Duration;

/**
 * What a home partition works with.
 *
 * @param lease how long a claim outlives its worker's last heartbeat
 * @param grace how much longer than its timeout a claimed attempt may last before it is given up
 */
public record Parts(
        RunStore store,
        Outbox outbox,
        Window window,
        Placing placing,
        WorkerWatch workers,
        AdmissionRules rules,
        DecisionObserver observer,
        Duration lease,
        Duration grace,
        RunRetention retention) {}
