package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands committed outcomes to those who follow their run. Thread-safe. */
public final class OutcomeFeeds {

    private final Map<RunId, Set<OutcomeFeed>> feeds = new ConcurrentHashMap<>();

    /** Whether anybody follows the run: if not, its outcomes need not be read. */
    public boolean hasAny(RunId id) {
        return feeds.containsKey(id);
    }

    public boolean isEmpty() {
        return feeds.isEmpty();
    }

    /** A reader of committed records has seen it. */
    public void committed(TaskOutcome outcome) {
        feeds.getOrDefault(outcome.runId(), Set.of()).forEach(feed -> feed.add(outcome));
    }

    /** One on which nothing comes. */
    public OutcomeFeed none() {
        return new OutcomeFeed(() -> {});
    }

    public OutcomeFeed follow(RunId id) {
        OutcomeFeed[] self = new OutcomeFeed[1];
        OutcomeFeed feed = new OutcomeFeed(() -> leave(id, self[0]));
        self[0] = feed;
        feeds.compute(id, (run, followers) -> {
            Set<OutcomeFeed> all = followers == null ? ConcurrentHashMap.newKeySet() : followers;
            all.add(feed);
            return all;
        });
        return feed;
    }

    private void leave(RunId id, OutcomeFeed feed) {
        feeds.computeIfPresent(id, (run, followers) -> {
            followers.remove(feed);
            return followers.isEmpty() ? null : followers;
        });
    }
}
