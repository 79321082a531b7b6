package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.partition.TaskPage;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.RunReader;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the stores of the running application. */
public final class StreamsRunReader implements RunReader {

    private final Supplier<Optional<KafkaStreams>> streams;
    private final ReadablePartitions readable;
    private final int partitions;

    public StreamsRunReader(Supplier<Optional<KafkaStreams>> streams, ReadablePartitions readable, int partitions) {
        this.streams = streams;
        this.readable = readable;
        this.partitions = partitions;
    }

    @Override
    public @Nullable Run run(RunId id) {
        byte[] stored = get(StreamsRunStore.RUNS, id, Keys.run(id));
        return stored == null ? null : StateJson.RUN.read(stored);
    }

    @Override
    public List<ListedRun> listed(RunStatus status, @Nullable ListedRun after, int most, Set<Integer> asked) {
        Bytes from = after == null ? Keys.firstListed(status) : Keys.afterListed(status, after);
        List<ListedRun> listed = new ArrayList<>();
        for (int partition : asked) {
            listed.addAll(Objects.requireNonNull(read(StreamsRunStore.RUNS, partition, runs -> {
                List<ListedRun> here = new ArrayList<>();
                try (var found = runs.range(from, Keys.afterListed(status))) {
                    while (here.size() < most && found.hasNext()) {
                        here.add(Keys.listed(found.next().key));
                    }
                }
                return here;
            })));
        }
        return listed.stream().sorted().limit(most).toList();
    }

    @Override
    public TaskState task(RunId id, int index) {
        byte[] stored = get(StreamsRunStore.TASKS, id, Keys.task(id, index));
        return stored == null ? TaskState.WAITING : StateJson.TASK.read(stored);
    }

    @Override
    public @Nullable TaskPage pageOf(RunId id, int index) {
        return read(StreamsRunStore.TASKS, home(id), tasks -> {
            try (var found = tasks.reverseRange(Keys.page(id, 0), Keys.page(id, index))) {
                return found.hasNext() ? StateJson.PAGE.read(found.next().value) : null;
            }
        });
    }

    @Override
    public @Nullable TaskOutcome keptOutcome(RunId id, int index, int revision) {
        Bytes first = Keys.outcome(id, index, Run.FIRST_REVISION);
        return read(StreamsRunStore.TASKS, home(id), tasks -> {
            try (var found = tasks.reverseRange(first, Keys.outcome(id, index, revision))) {
                return found.hasNext() ? StateJson.OUTCOME.read(found.next().value) : null;
            }
        });
    }

    @Override
    public void tasksFrom(RunId id, int index, int end, TaskVisitor visitor) {
        if (index >= end) {
            return;
        }
        read(StreamsRunStore.TASKS, home(id), tasks -> {
            try (var found = tasks.range(Keys.task(id, index), Keys.task(id, end - 1))) {
                boolean more = true;
                while (more && found.hasNext()) {
                    KeyValue<Bytes, byte[]> next = found.next();
                    more = visitor.visit(Keys.number(next.key), StateJson.TASK.read(next.value));
                }
            }
            return null;
        });
    }

    private byte @Nullable [] get(String name, RunId id, Bytes key) {
        return read(name, home(id), store -> store.get(key));
    }

    private int home(RunId id) {
        return HomePartitioner.home(id, partitions);
    }

    private <T> @Nullable T read(String name, int partition, Query<T> query) {
        try {
            return readable.read(partition, () -> query.ask(store(name, partition)));
        } catch (InvalidStateStoreException e) {
            throw ReadablePartitions.unavailable();
        }
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition) {
        KafkaStreams running = streams.get().orElseThrow(ReadablePartitions::unavailable);
        try {
            return running.store(
                    StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                            .withPartition(partition));
        } catch (IllegalStateException e) {
            throw ReadablePartitions.unavailable();
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        @Nullable
        T ask(ReadOnlyKeyValueStore<Bytes, byte[]> store);
    }
}
