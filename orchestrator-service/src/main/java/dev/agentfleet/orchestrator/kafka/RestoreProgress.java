package dev.agentfleet.orchestrator.kafka;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the changelogs is still to be read before the state is complete. Thread-safe. */
public final class RestoreProgress implements StateRestoreListener {

    private record Changelog(TopicPartition partition, String store) {}

    private final Map<Changelog, Long> remaining = new ConcurrentHashMap<>();

    /** Records to go, by store; a store that is not being restored is missing. */
    public Map<String, Long> remaining() {
        Map<String, Long> stores = new TreeMap<>();
        remaining.forEach((changelog, records) -> stores.merge(changelog.store(), records, Long::sum));
        return stores;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        remaining.put(new Changelog(partition, store), Math.max(0, endingOffset - startingOffset));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long restored) {
        remaining.computeIfPresent(new Changelog(partition, store), (it, left) -> Math.max(0, left - restored));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        remaining.remove(new Changelog(partition, store));
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
        remaining.remove(new Changelog(partition, store));
    }
}
