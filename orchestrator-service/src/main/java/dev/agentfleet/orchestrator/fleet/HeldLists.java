package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.HeldSpan;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one worker's heartbeats said it holds. Thread-safe; times are the broker's. */
final class HeldLists {

    /**
     * Lists that must pass an attempt over. One is not enough: it may have been made before the attempt began, and come
     * late. The next one is made only once that has been written.
     */
    private static final int MISSES = 2;

    /** How far back lists are remembered: above any rotation. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private record Listing(Instant at, HeldSpan span) {}

    private final Deque<Listing> listings = new ArrayDeque<>();
    private final Map<String, Instant> listedAt = new HashMap<>();

    synchronized void heard(WorkerHeartbeat heartbeat, Instant at) {
        if (heartbeat.heldSpan() == null) {
            return;
        }
        listings.addLast(new Listing(at, heartbeat.heldSpan()));
        heartbeat.held().forEach(name -> listedAt.put(name, at));
        Instant since = at.minus(MEMORY);
        while (listings.getFirst().at().isBefore(since)) {
            listings.removeFirst();
        }
        listedAt.values().removeIf(last -> last.isBefore(since));
    }

    /** Whether lists made since the claim, and written before {@code now}, pass the attempt over. */
    synchronized boolean miss(String attempt, Instant claimedAt, Instant now) {
        @Nullable Instant listed = listedAt.get(attempt);
        Instant since = listed != null && listed.isAfter(claimedAt) ? listed : claimedAt;
        int misses = 0;
        for (Iterator<Listing> newestFirst = listings.descendingIterator(); newestFirst.hasNext(); ) {
            Listing listing = newestFirst.next();
            if (!listing.at().isAfter(since)) {
                return false;
            }
            misses += listing.at().isBefore(now) && listing.span().covers(attempt) ? 1 : 0;
            if (misses == MISSES) {
                return true;
            }
        }
        return false;
    }
}
