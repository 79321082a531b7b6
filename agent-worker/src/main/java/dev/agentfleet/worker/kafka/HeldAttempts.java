package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.HeldSpan;
import java.util.ArrayList;
import java.util.List;

/** Lists the attempts held, all of them over as many heartbeats as it takes. Not thread-safe. */
final class HeldAttempts {

    private static final int PER_HEARTBEAT = 500;

    /** Attempts, and the span of names of which no others are held. */
    record Page(List<String> names, HeldSpan span) {}

    private String last = "";

    /** The next ones after those of the previous call, in the order of their names. */
    Page next(List<String> held) {
        if (held.size() <= PER_HEARTBEAT) {
            return new Page(held, HeldSpan.ALL);
        }
        var sorted = new ArrayList<>(held);
        sorted.sort(null);
        int from = 0;
        while (from < sorted.size() && sorted.get(from).compareTo(last) <= 0) {
            from++;
        }
        var page = new ArrayList<String>(PER_HEARTBEAT);
        for (int i = 0; i < PER_HEARTBEAT; i++) {
            page.add(sorted.get((from + i) % sorted.size()));
        }
        var span = new HeldSpan(last, page.getLast());
        last = page.getLast();
        return new Page(page, span);
    }
}
