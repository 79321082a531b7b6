package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.TaskId;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of one pool are that this process dispatched, and which of its workers comes next. A task that was not
 * claimed lies on its partition, and goes with it when another worker reads it; a claimed one is its worker's. The work for
 * one task does not grow with the number of tasks or partitions, and with the logarithm of that of the workers. Not
 * thread-safe. See ADR 26.
 */
final class PoolPlaces {

    private final Map<TaskId, Seat> seats = new HashMap<>();
    private final Map<Integer, Integer> queued = new HashMap<>();
    private final Map<String, Integer> claimed = new HashMap<>();
    private Map<String, WorkerLoad> loads = Map.of();
    private Map<Integer, WorkerLoad> readers = Map.of();
    private Map<Set<String>, NavigableSet<WorkerLoad>> byAgents = Map.of();
    private final Map<String, List<NavigableSet<WorkerLoad>>> able = new HashMap<>();

    /**
     * @param home the home partition it belongs to
     * @param partition where it was put; null: wherever its key says
     * @param workerId who claimed it; null: nobody yet
     */
    private record Seat(
            int home, @Nullable Integer partition, @Nullable String workerId) {}

    /** Takes up what the directory says now: the pool's living workers that take work. */
    void look(List<Entry> serving) {
        Map<String, WorkerLoad> found = new HashMap<>();
        readers = new HashMap<>();
        // Right after a rebalance two heartbeats may name a partition: the newer one is right.
        serving.stream().sorted(Comparator.comparing(Entry::lastHeard)).forEach(entry -> {
            String id = entry.heartbeat().workerId();
            WorkerLoad load = new WorkerLoad(entry, loads.get(id), this::knows);
            found.put(id, load);
            entry.heartbeat().partitions().forEach(partition -> readers.put(partition, load));
        });
        loads = found;
        readers.forEach((partition, reader) -> {
            reader.reads(partition);
            reader.queued(queued.getOrDefault(partition, 0));
        });
        loads.forEach((id, load) -> load.claimed(claimed.getOrDefault(id, 0)));
        rank();
    }

    private void rank() {
        byAgents = new HashMap<>();
        able.clear();
        for (WorkerLoad load : loads.values()) {
            if (load.readsAny()) {
                load.rank(byAgents.computeIfAbsent(load.agents(), agents -> WorkerLoad.ranking()));
            }
        }
    }

    /** @param attempt as heartbeats name it */
    private boolean knows(String attempt) {
        try {
            return seats.containsKey(TaskId.parse(attempt.substring(0, Math.max(0, attempt.lastIndexOf('#')))));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Slots of the pool behind which a task would not have to wait for a claimed one. */
    int openSlots() {
        return loads.values().stream().mapToInt(WorkerLoad::openSlots).sum();
    }

    /** The partition for the task, which counts for its reader from now on; null when nobody is known to read one. */
    @Nullable
    Integer place(TaskId task, int home, String agent) {
        left(task);
        WorkerLoad next = next(agent);
        if (next == null) {
            return null;
        }
        int partition = next.nextPartition();
        seats.put(task, new Seat(home, partition, null));
        queue(partition, 1);
        return partition;
    }

    private @Nullable WorkerLoad next(String agent) {
        WorkerLoad best = null;
        for (NavigableSet<WorkerLoad> ranking : able.computeIfAbsent(agent, this::having)) {
            WorkerLoad first = ranking.first();
            best = best == null || first.isBefore(best) ? first : best;
        }
        return best;
    }

    /** Workers without the agent come into question only where no worker has it: one of them says so. */
    private List<NavigableSet<WorkerLoad>> having(String agent) {
        List<NavigableSet<WorkerLoad>> having = new ArrayList<>();
        byAgents.forEach((agents, ranking) -> {
            if (agents.contains(agent)) {
                having.add(ranking);
            }
        });
        return having.isEmpty() ? List.copyOf(byAgents.values()) : having;
    }

    void claimed(TaskId task, int home, String workerId) {
        left(task);
        seats.put(task, new Seat(home, null, workerId));
        claim(workerId, 1);
    }

    void left(TaskId task) {
        Seat seat = seats.remove(task);
        if (seat != null && seat.workerId() != null) {
            claim(seat.workerId(), -1);
        } else if (seat != null && seat.partition() != null) {
            queue(seat.partition(), -1);
        }
    }

    void refused(String workerId) {
        WorkerLoad load = loads.get(workerId);
        if (load != null) {
            load.refusing(true);
        }
    }

    void forget(int home) {
        List<TaskId> gone = seats.entrySet().stream()
                .filter(seat -> seat.getValue().home() == home)
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::left);
    }

    private void queue(int partition, int change) {
        queued.merge(partition, change, Integer::sum);
        WorkerLoad reader = readers.get(partition);
        if (reader != null) {
            reader.queued(change);
        }
    }

    private void claim(String workerId, int change) {
        claimed.merge(workerId, change, PoolPlaces::sumOrNone);
        WorkerLoad load = loads.get(workerId);
        if (load != null) {
            load.claimed(change);
            if (change < 0) {
                load.refusing(false);
            }
        }
    }

    private static @Nullable Integer sumOrNone(int a, int b) {
        return a + b == 0 ? null : a + b;
    }
}
