package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One worker as placement sees it between two looks at the directory. A slot with a claimed attempt is not open: that attempt
 * is not short, and what queues behind it waits. Not thread-safe.
 */
final class WorkerLoad {

    /** First who has the shortest queue for each open slot, last who has no open slot. */
    private static final Comparator<WorkerLoad> BY_QUEUE = Comparator.comparing(WorkerLoad::isSaturated)
            .thenComparingDouble(WorkerLoad::queue)
            .thenComparing(load -> load.heartbeat.workerId());

    /** Tasks that go to one partition before the next has its turn, at least. */
    private static final int LEAST_IN_A_ROW = 8;
    /** The queue lies on about so many of its partitions, or on more with shorter turns. */
    private static final int PARTITIONS_OF_QUEUE = 8;

    private final Instant heardAt;
    private final WorkerHeartbeat heartbeat;
    /** What it holds of which this process knows nothing. */
    private final Set<String> unknown;
    /** Those of them that the heartbeat before named as unknown too, so that they are not short: claims others know of. */
    private final int unknownClaims;

    private final List<Integer> partitions = new ArrayList<>();
    /** Where it stands among the workers that have the same agents. */
    private NavigableSet<WorkerLoad> ranking = ranking();

    /** Whose turn it is, by its place among the partitions, and how many tasks it has had. */
    private int turn;

    private int inTurn;
    private int queued;
    private int claimed;
    private boolean refusing;

    /**
     * @param before the same worker at the last look
     * @param known whether this process knows of the attempt
     */
    WorkerLoad(Entry entry, @Nullable WorkerLoad before, Predicate<String> known) {
        this.heardAt = entry.lastHeard();
        this.heartbeat = entry.heartbeat();
        if (before != null && before.heardAt.equals(heardAt)) {
            this.unknown = before.unknown;
            this.unknownClaims = before.unknownClaims;
            this.refusing = before.refusing;
        } else {
            this.unknown = new HashSet<>(heartbeat.held());
            this.unknown.removeIf(known);
            this.unknownClaims = before == null
                    ? 0
                    : (int) unknown.stream().filter(before.unknown::contains).count();
        }
        this.turn = before == null ? 0 : before.turn;
        this.inTurn = before == null ? 0 : before.inTurn;
    }

    static NavigableSet<WorkerLoad> ranking() {
        return new TreeSet<>(BY_QUEUE);
    }

    Set<String> agents() {
        Set<String> names = new HashSet<>();
        heartbeat.agents().forEach(agent -> names.add(agent.name()));
        return names;
    }

    /** Slots that are free, or are soon because nothing long is known to be on them. */
    int openSlots() {
        return Math.max(0, heartbeat.slots() - claimed - unknownClaims);
    }

    private boolean isSaturated() {
        return refusing || openSlots() == 0;
    }

    /** With one task more, for each open slot; for each slot when none is open. */
    private double queue() {
        return (queued + 1.0) / Math.max(1, isSaturated() ? heartbeat.slots() : openSlots());
    }

    void reads(int partition) {
        partitions.add(partition);
    }

    boolean readsAny() {
        return !partitions.isEmpty();
    }

    /**
     * Its partitions take turns, each for some tasks: what goes to one partition together is one write for the broker, and
     * each partition that a transaction writes to is a request and a marker more. The longer the queue, the longer a turn.
     */
    int nextPartition() {
        if (inTurn >= Math.max(LEAST_IN_A_ROW, queued / PARTITIONS_OF_QUEUE)) {
            turn++;
            inTurn = 0;
        }
        inTurn++;
        turn %= partitions.size();
        return partitions.get(turn);
    }

    boolean isBefore(WorkerLoad other) {
        return BY_QUEUE.compare(this, other) < 0;
    }

    void rank(NavigableSet<WorkerLoad> among) {
        ranking = among;
        ranking.add(this);
    }

    void queued(int change) {
        change(load -> load.queued += change);
    }

    void claimed(int change) {
        change(load -> load.claimed += change);
    }

    /** Until it is heard of again. */
    void refusing(boolean now) {
        if (now != refusing) {
            change(load -> load.refusing = now);
        }
    }

    private void change(Consumer<WorkerLoad> change) {
        ranking.remove(this);
        change.accept(this);
        ranking.add(this);
    }
}
