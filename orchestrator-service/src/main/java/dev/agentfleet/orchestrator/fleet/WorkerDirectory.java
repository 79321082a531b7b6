package dev.agentfleet.orchestrator.fleet;

import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.partition.WorkerWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The workers as their heartbeats tell. Thread-safe; times are the broker's. */
public final class WorkerDirectory implements WorkerWatch {

    /** A worker with the broker time of its last heartbeat. */
    public record Entry(Instant lastHeard, WorkerHeartbeat heartbeat) {}

    private static final Logger LOG = Logger.getLogger(WorkerDirectory.class);
    /** How long a worker that left or fell silent is remembered. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Map<String, Entry> workers = new ConcurrentHashMap<>();
    private final Map<String, Instant> leftAt = new ConcurrentHashMap<>();
    private final Map<String, HeldLists> held = new ConcurrentHashMap<>();
    private final Duration lease;
    private final SessionLimit session;
    private final InstantSource clock;
    private volatile Instant newest = Instant.EPOCH;
    private volatile Instant newestReadAt = Instant.EPOCH;

    /** @param clock only tells how long ago the newest heartbeat was read */
    public WorkerDirectory(Duration lease, InstantSource clock) {
        this.lease = lease;
        this.session = new SessionLimit(lease);
        this.clock = clock;
    }

    public void heard(WorkerHeartbeat heartbeat, Instant at) {
        Entry before = workers.put(heartbeat.workerId(), new Entry(at, heartbeat));
        held.computeIfAbsent(heartbeat.workerId(), w -> new HeldLists()).heard(heartbeat, at);
        if (before == null || !Objects.equals(before.heartbeat().session(), heartbeat.session())) {
            session.complaint(heartbeat).ifPresent(LOG::warn);
        }
        if (at.isAfter(newest)) {
            newest = at;
            newestReadAt = clock.instant();
        }
        leftAt.remove(heartbeat.workerId());
        leftAt.values().removeIf(left -> left.isBefore(newest.minus(MEMORY)));
        workers.values().removeIf(entry -> entry.lastHeard().isBefore(newest.minus(MEMORY)));
        held.keySet().retainAll(workers.keySet());
    }

    /** What it wrote before, its results among it, may still have to be read: that it left is the last heard of it. */
    public void left(String workerId, Instant at) {
        // Nobody may find it neither here nor there.
        leftAt.put(workerId, at);
        workers.remove(workerId);
        held.remove(workerId);
    }

    @Override
    public @Nullable Instant lastHeard(String workerId) {
        Entry entry = workers.get(workerId);
        return entry == null ? leftAt.get(workerId) : entry.lastHeard();
    }

    @Override
    public boolean hasDropped(String workerId, TaskId task, int attempt, Instant claimedAt, Instant now) {
        HeldLists lists = held.get(workerId);
        return lists != null && lists.miss(task + "#" + attempt, claimedAt, now);
    }

    /** About the broker's time: that of the newest heartbeat, and what has passed since it was read. */
    public Instant now() {
        return newest.plus(Duration.between(newestReadAt, clock.instant()));
    }

    /** The workers heard of within the last lease, by name. */
    public List<Entry> alive() {
        Instant since = now().minus(lease);
        return workers.values().stream()
                .filter(entry -> !entry.lastHeard().isBefore(since))
                .sorted(Comparator.comparing(entry -> entry.heartbeat().workerId()))
                .toList();
    }

    /** How many living workers serve the pool. */
    public int workers(String pool) {
        return (int) alive().stream()
                .filter(entry -> entry.heartbeat().pool().equals(pool))
                .count();
    }

    /** Slots of the living workers that take work from the pool. */
    public int slots(String pool) {
        int slots = 0;
        for (Entry entry : alive()) {
            WorkerHeartbeat heartbeat = entry.heartbeat();
            slots += heartbeat.pool().equals(pool) && !heartbeat.draining() ? heartbeat.slots() : 0;
        }
        return slots;
    }
}
