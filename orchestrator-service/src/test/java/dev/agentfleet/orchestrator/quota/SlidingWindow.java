package dev.agentfleet.orchestrator.quota;

import dev.agentfleet.contract.QuotaAmount;
import dev.agentfleet.orchestrator.quota.SimulatedLane.Arrival;
import java.util.List;

/** The most of each kind that any window of a length saw. */
final class SlidingWindow {

    private SlidingWindow() {}

    /** @param arrivals sorted by time */
    static QuotaAmount most(List<Arrival> arrivals, long window) {
        QuotaAmount most = QuotaAmount.NONE;
        QuotaAmount inside = QuotaAmount.NONE;
        int first = 0;
        for (Arrival arrival : arrivals) {
            inside = inside.plus(arrival.amount());
            while (arrivals.get(first).at() <= arrival.at() - window) {
                inside = inside.minus(arrivals.get(first).amount());
                first++;
            }
            most = new QuotaAmount(
                    Math.max(most.requests(), inside.requests()),
                    Math.max(most.inputTokens(), inside.inputTokens()),
                    Math.max(most.outputTokens(), inside.outputTokens()));
        }
        return most;
    }
}
