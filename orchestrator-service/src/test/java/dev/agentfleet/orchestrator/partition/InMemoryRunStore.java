package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store by hand. Counts writes, because a short task may cost only two. */
public final class InMemoryRunStore implements RunStore {

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
    private int taskWrites;
    private int listings;

    public int taskWrites() {
        return taskWrites;
    }

    public int listings() {
        return listings;
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
