package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.Purge;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store by hand. Counts writes, because a short task may cost only two. */
public final class InMemoryRunStore implements RunStore {

    private static final Comparator<Run> OLDEST_FIRST = Comparator.comparing(
                    (Run run) -> run.spec().admittedAt())
            .thenComparing(Run::id, Comparator.reverseOrder());

    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<RunStatus, TreeSet<RunId>> listed = new EnumMap<>(RunStatus.class);
    private final Map<String, TaskState> tasks = new HashMap<>();
    final Map<String, TaskOutcome> outcomes = new HashMap<>();
    private final Map<RunId, TreeMap<Integer, TaskPage>> pages = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, byte[]> kept = new HashMap<>();
    private final Map<RunId, String> cancels = new HashMap<>();
    private final TreeSet<Timer> timers = new TreeSet<>(Comparator.comparing(Timer::due)
            .thenComparing(Timer::runId)
            .thenComparing(Timer::index)
            .thenComparing(Timer::kind));
    private final Set<RunId> purging = new TreeSet<>();
    private int taskWrites;
    private int endedReads;
    private int mostDeleted;
    private int listings;

    public int taskWrites() {
        return taskWrites;
    }

    public int listings() {
        return listings;
    }

    /** Runs read from the lists of those that ended. */
    public int endedReads() {
        return endedReads;
    }

    /** Most entries deleted in one call. */
    public int mostDeleted() {
        return mostDeleted;
    }

    /** Entries of the run, of whatever kind; its timers do not count. */
    public long entriesOf(RunId id) {
        String prefix = id + "/";
        long numbered = Stream.of(tasks, outcomes, hashes, kept)
                .flatMap(map -> map.keySet().stream())
                .filter(key -> key.startsWith(prefix))
                .count();
        long listings = listed.values().stream().filter(ids -> ids.contains(id)).count();
        return numbered
                + listings
                + pages.getOrDefault(id, new TreeMap<>()).size()
                + (runs.containsKey(id) ? 1 : 0)
                + (purging.contains(id) ? 1 : 0)
                + (cancels.containsKey(id) ? 1 : 0);
    }

    public int timerCount() {
        return timers.size();
    }

    @Override
    public @Nullable Run run(RunId id) {
        return runs.get(id);
    }

    @Override
    public void put(Run run) {
        runs.put(run.id(), run);
    }

    @Override
    public void forEachActive(Consumer<RunId> action) {
        List.copyOf(listed(RunStatus.RUNNING)).forEach(action);
    }

    @Override
    public void list(Run run, @Nullable RunStatus before) {
        listings++;
        if (before != null) {
            listed(before).remove(run.id());
        }
        listed(run.status()).add(run.id());
    }

    /** The runs listed under the status, by name. */
    public Set<RunId> listed(RunStatus status) {
        return listed.computeIfAbsent(status, none -> new TreeSet<>());
    }

    @Override
    public List<Run> ended(RunStatus status, @Nullable Run from, Instant upTo, int most) {
        List<Run> found = listed(status).stream()
                .map(id -> Objects.requireNonNull(runs.get(id)))
                .sorted(OLDEST_FIRST)
                .filter(run -> from == null || OLDEST_FIRST.compare(run, from) >= 0)
                .filter(run -> !run.spec().admittedAt().isAfter(upTo))
                .limit(most)
                .toList();
        endedReads += found.size();
        return found;
    }

    @Override
    public void unlist(Run run) {
        listed(run.status()).remove(run.id());
        purging.add(run.id());
    }

    @Override
    public void forEachPurging(Consumer<RunId> action) {
        List.copyOf(purging).forEach(action);
    }

    @Override
    public void deleteTasks(RunId id, int from, int to) {
        mostDeleted = Math.max(mostDeleted, to - from);
        for (int index = from; index < to; index++) {
            tasks.remove(id + "/" + index);
        }
    }

    @Override
    public Swept delete(RunId id, Purge.Part part, int from, int most) {
        Map<?, ?> entries = switch (part) {
            case TASKS -> tasks;
            case OUTCOMES -> outcomes;
            case PAGES -> pages.getOrDefault(id, new TreeMap<>());
            case CHUNK_HASHES -> hashes;
            case KEPT_CHUNKS -> kept;
        };
        List<?> left = entries.keySet().stream()
                .filter(key -> part == Purge.Part.PAGES || key.toString().startsWith(id + "/"))
                .filter(key -> number(key) >= from)
                .sorted(Comparator.comparing(InMemoryRunStore::number))
                .toList();
        List<?> gone = left.subList(0, Math.min(most, left.size()));
        mostDeleted = Math.max(mostDeleted, gone.size());
        int next = gone.isEmpty() ? from : number(gone.getLast());
        gone.forEach(entries::remove);
        return new Swept(gone.size(), next, gone.size() == left.size());
    }

    private static int number(Object key) {
        return Integer.parseInt(key.toString().replaceAll("^.*/|@.*$", ""));
    }

    @Override
    public void delete(Run run) {
        runs.remove(run.id());
        purging.remove(run.id());
    }

    @Override
    public TaskState task(RunId id, int index) {
        TaskState state = tasks.get(id + "/" + index);
        return state == null ? TaskState.WAITING : state;
    }

    @Override
    public void put(RunId id, int index, TaskState state) {
        taskWrites++;
        tasks.put(id + "/" + index, state);
    }

    @Override
    public void keepOutcome(TaskOutcome outcome) {
        outcomes.put(outcome.taskId() + "@" + outcome.revision(), outcome);
    }

    @Override
    public void add(RunId id, TaskPage page) {
        pages.computeIfAbsent(id, run -> new TreeMap<>()).put(page.base(), page);
    }

    @Override
    public @Nullable TaskPage pageOf(RunId id, int index) {
        TreeMap<Integer, TaskPage> known = pages.get(id);
        Map.Entry<Integer, TaskPage> found = known == null ? null : known.floorEntry(index);
        return found == null ? null : found.getValue();
    }

    @Override
    public @Nullable String chunkHash(RunId id, int chunk) {
        return hashes.get(id + "/" + chunk);
    }

    @Override
    public void putChunkHash(RunId id, int chunk, String hash) {
        hashes.put(id + "/" + chunk, hash);
    }

    @Override
    public void keepChunk(RunId id, int chunk, byte[] value) {
        kept.put(id + "/" + chunk, value);
    }

    @Override
    public byte @Nullable [] takeChunk(RunId id, int chunk) {
        return kept.remove(id + "/" + chunk);
    }

    @Override
    public @Nullable String earlyCancel(RunId id) {
        return cancels.get(id);
    }

    @Override
    public void putEarlyCancel(RunId id, @Nullable String reason) {
        if (reason == null) {
            cancels.remove(id);
        } else {
            cancels.put(id, reason);
        }
    }

    @Override
    public void add(Timer timer) {
        timers.add(timer);
    }

    @Override
    public void remove(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public List<Timer> timers(Instant after, Instant upTo, int most) {
        List<Timer> found = new ArrayList<>();
        for (Timer timer : timers) {
            if (timer.due().isAfter(after) && !timer.due().isAfter(upTo)) {
                if (found.size() >= most && timer.due().isAfter(found.getLast().due())) {
                    break;
                }
                found.add(timer);
            }
        }
        return found;
    }
}
