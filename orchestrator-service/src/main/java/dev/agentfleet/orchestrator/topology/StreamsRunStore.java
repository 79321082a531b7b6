package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.partition.RunStore;
import dev.agentfleet.orchestrator.partition.Swept;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.partition.Timer;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.run.Purge;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a partition's state in two stores of its stream task: {@code runs} for the small records that change with every
 * result, which the cache writes once a commit, and {@code tasks} for all that is written once or twice.
 */
final class StreamsRunStore implements RunStore {

    static final String RUNS = "runs";
    static final String TASKS = "tasks";

    private static final byte[] MARK = {1};

    /** About so much is read at most to find what to delete. */
    private static final long MOST_BYTES = 4_000_000;

    private final KeyValueStore<Bytes, byte[]> runs;
    private final KeyValueStore<Bytes, byte[]> tasks;

    StreamsRunStore(KeyValueStore<Bytes, byte[]> runs, KeyValueStore<Bytes, byte[]> tasks) {
        this.runs = runs;
        this.tasks = tasks;
    }

    @Override
    public @Nullable Run run(RunId id) {
        byte[] stored = runs.get(Keys.run(id));
        return stored == null ? null : StateJson.RUN.read(stored);
    }

    @Override
    public void put(Run run) {
        runs.put(Keys.run(run.id()), StateJson.RUN.write(run));
    }

    @Override
    public void forEachActive(Consumer<RunId> action) {
        each(Keys.firstListed(RunStatus.RUNNING), Keys.afterListed(RunStatus.RUNNING), action);
    }

    @Override
    public void list(Run run, @Nullable RunStatus before) {
        ListedRun listed = ListedRun.of(run);
        if (before != null) {
            runs.delete(Keys.listed(before, listed));
        }
        runs.put(Keys.listed(run.status(), listed), MARK);
    }

    @Override
    public List<Run> ended(RunStatus status, @Nullable Run from, Instant upTo, int most) {
        Bytes newest = upTo.equals(Instant.MAX) ? Keys.firstListed(status) : Keys.listedUpTo(status, upTo);
        Bytes oldest = from == null ? Keys.afterListed(status) : Keys.listed(status, ListedRun.of(from));
        List<RunId> ids = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = runs.reverseRange(newest, oldest)) {
            while (ids.size() < most && found.hasNext()) {
                ids.add(Keys.listed(found.next().key).id());
            }
        }
        return ids.stream().map(this::run).filter(Objects::nonNull).toList();
    }

    @Override
    public void unlist(Run run) {
        ListedRun listed = ListedRun.of(run);
        runs.delete(Keys.listed(run.status(), listed));
        runs.put(Keys.purging(listed), MARK);
    }

    @Override
    public void forEachPurging(Consumer<RunId> action) {
        each(Keys.firstPurging(), Keys.afterPurging(), action);
    }

    private void each(Bytes from, Bytes to, Consumer<RunId> action) {
        List<RunId> ids = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = runs.range(from, to)) {
            while (found.hasNext()) {
                ids.add(Keys.listed(found.next().key).id());
            }
        }
        ids.forEach(action);
    }

    @Override
    public void deleteTasks(RunId id, int from, int to) {
        for (int index = from; index < to; index++) {
            forget(Keys.task(id, index));
        }
    }

    @Override
    public Swept delete(RunId id, Purge.Part part, int from, int most) {
        List<Bytes> keys = new ArrayList<>();
        boolean more;
        try (KeyValueIterator<Bytes, byte[]> found = tasks.range(Keys.first(part, id, from), Keys.last(part, id))) {
            long bytes = 0;
            while (keys.size() < most && bytes < MOST_BYTES && found.hasNext()) {
                KeyValue<Bytes, byte[]> next = found.next();
                keys.add(next.key);
                bytes += next.value.length;
            }
            more = found.hasNext();
        }
        keys.forEach(this::forget);
        return new Swept(keys.size(), keys.isEmpty() ? from : Keys.number(part, keys.getLast()), !more);
    }

    /** Unlike a delete it does not read what is there. */
    private void forget(Bytes key) {
        tasks.put(key, null);
    }

    @Override
    public void delete(Run run) {
        runs.delete(Keys.run(run.id()));
        runs.delete(Keys.purging(ListedRun.of(run)));
    }

    @Override
    public TaskState task(RunId id, int index) {
        byte[] stored = tasks.get(Keys.task(id, index));
        return stored == null ? TaskState.WAITING : StateJson.TASK.read(stored);
    }

    @Override
    public void put(RunId id, int index, TaskState state) {
        tasks.put(Keys.task(id, index), StateJson.TASK.write(state));
    }

    @Override
    public void keepOutcome(TaskOutcome outcome) {
        Bytes key = Keys.outcome(outcome.runId(), outcome.taskId().index(), outcome.revision());
        tasks.put(key, StateJson.OUTCOME.write(outcome));
    }

    @Override
    public void add(RunId id, TaskPage page) {
        tasks.put(Keys.page(id, page.base()), StateJson.PAGE.write(page));
    }

    @Override
    public @Nullable TaskPage pageOf(RunId id, int index) {
        try (KeyValueIterator<Bytes, byte[]> found = tasks.reverseRange(Keys.page(id, 0), Keys.page(id, index))) {
            return found.hasNext() ? StateJson.PAGE.read(found.next().value) : null;
        }
    }

    @Override
    public @Nullable String chunkHash(RunId id, int chunk) {
        byte[] stored = tasks.get(Keys.chunkHash(id, chunk));
        return stored == null ? null : new String(stored, StandardCharsets.US_ASCII);
    }

    @Override
    public void putChunkHash(RunId id, int chunk, String hash) {
        tasks.put(Keys.chunkHash(id, chunk), hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void keepChunk(RunId id, int chunk, byte[] value) {
        tasks.put(Keys.keptChunk(id, chunk), value);
    }

    @Override
    public byte @Nullable [] takeChunk(RunId id, int chunk) {
        Bytes key = Keys.keptChunk(id, chunk);
        byte[] kept = tasks.get(key);
        if (kept != null) {
            tasks.delete(key);
        }
        return kept;
    }

    @Override
    public @Nullable String earlyCancel(RunId id) {
        byte[] stored = runs.get(Keys.earlyCancel(id));
        return stored == null ? null : new String(stored, StandardCharsets.UTF_8);
    }

    @Override
    public void putEarlyCancel(RunId id, @Nullable String reason) {
        Bytes key = Keys.earlyCancel(id);
        if (reason == null) {
            runs.delete(key);
        } else {
            runs.put(key, reason.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void add(Timer timer) {
        tasks.put(Keys.timer(timer), Keys.attempt(timer));
    }

    @Override
    public void remove(Timer timer) {
        tasks.delete(Keys.timer(timer));
    }

    @Override
    public List<Timer> timers(Instant after, Instant upTo, int most) {
        List<Timer> timers = new ArrayList<>();
        Bytes from = Keys.timersFrom(after.toEpochMilli() + 1);
        Bytes to = Keys.timersFrom(upTo.equals(Instant.MAX) ? Long.MAX_VALUE : upTo.toEpochMilli() + 1);
        try (KeyValueIterator<Bytes, byte[]> found = tasks.range(from, to)) {
            while (found.hasNext()) {
                KeyValue<Bytes, byte[]> next = found.next();
                Timer timer = Keys.timer(next.key, next.value);
                if (timers.size() >= most
                        && timer.due().isAfter(timers.getLast().due())) {
                    break;
                }
                timers.add(timer);
            }
        }
        return timers;
    }
}
