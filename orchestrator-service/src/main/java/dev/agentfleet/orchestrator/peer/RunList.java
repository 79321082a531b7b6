package dev.agentfleet.orchestrator.peer;

import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.query.CursorPage;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs of the whole fleet: what is held here and what the other orchestrators hold, merged. */
public final class RunList {

    private final RunQueries queries;
    private final Ownership ownership;
    private final Peers peers;

    public RunList(RunQueries queries, Ownership ownership, Peers peers) {
        this.queries = queries;
        this.ownership = ownership;
        this.peers = peers;
    }

    /**
     * The runs after the given one, newest first. A page may hold fewer than asked for and not be the last.
     *
     * @param status which runs; null for all
     * @param after null for the newest
     * @throws StateUnavailableException while a partition has no owner who answers: part of a list would look like all of it
     */
    public CursorPage<RunView> page(@Nullable RunStatus status, @Nullable ListedRun after, int limit) {
        List<CursorPage<RunView>> pages = new ArrayList<>();
        for (Map.Entry<Owner, Set<Integer>> held : ownership.table().byOwner().entrySet()) {
            pages.add(
                    switch (held.getKey()) {
                        case Owner.Here here -> queries.runs(status, after, limit, held.getValue());
                        case Owner.Peer(var url) -> peers.runs(url, status, after, limit, held.getValue());
                        case Owner.Nobody nobody ->
                            throw new StateUnavailableException(
                                    "nobody holds the runs of the home partitions " + held.getValue() + " now");
                    });
        }
        return merge(pages, limit);
    }

    /** Merges pages that begin at the same place. Where one ends before its list does, nothing is known of what follows. */
    static CursorPage<RunView> merge(List<CursorPage<RunView>> pages, int limit) {
        ListedRun known = pages.stream()
                .map(CursorPage::next)
                .filter(Objects::nonNull)
                .map(ListedRun::parse)
                .min(ListedRun::compareTo)
                .orElse(null);
        List<RunView> all = pages.stream()
                .flatMap(page -> page.items().stream())
                .sorted((a, b) -> place(a).compareTo(place(b)))
                .filter(run -> known == null || place(run).compareTo(known) <= 0)
                .toList();
        if (all.size() > limit) {
            List<RunView> items = all.subList(0, limit);
            return new CursorPage<>(items, place(items.getLast()).cursor());
        }
        return new CursorPage<>(all, known == null ? null : known.cursor());
    }

    private static ListedRun place(RunView run) {
        return new ListedRun(Objects.requireNonNull(run.admittedAt()), run.runId());
    }
}
