package dev.agentfleet.trial.quota;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a provider would have seen: who called, and when. Thread-safe. */
final class CallLog {

    /** @param at in nanoseconds since the log was begun */
    record Call(String worker, long at) {}

    private final long begunAt = System.nanoTime();
    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

    void called(String worker) {
        calls.add(new Call(worker, System.nanoTime() - begunAt));
    }

    Duration now() {
        return Duration.ofNanos(System.nanoTime() - begunAt);
    }

    List<Call> between(Duration from, Duration to) {
        return calls.stream()
                .filter(call -> call.at() >= from.toNanos() && call.at() < to.toNanos())
                .sorted((a, b) -> Long.compare(a.at(), b.at()))
                .toList();
    }

    /** The most that any window of the length saw. */
    int most(Duration window) {
        List<Call> all = between(Duration.ZERO, now());
        int most = 0;
        int first = 0;
        for (int i = 0; i < all.size(); i++) {
            while (all.get(first).at() <= all.get(i).at() - window.toNanos()) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }
}
