package dev.agentfleet.orchestrator.runtime;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all stores of this process one bounded memory to share: what they read, their indexes and filters, and what is not
 * written to disk yet. By itself each store, two a partition, would take some 100 MB of its own. Kafka Streams makes one
 * of these for each store.
 */
public final class SharedStoreMemory implements RocksDBConfigSetter {

    /** The setting under which Kafka Streams hands on the size, in bytes. */
    static final String BYTES = "fleet.store.bytes";

    /** Of the memory, what may wait to be written. */
    private static final int WRITE_BUFFERS_PART = 3;

    private static final double INDEXES_FIRST = 0.2;
    private static final long WRITE_BUFFER_BYTES = 8L * 1024 * 1024;
    private static final int WRITE_BUFFERS = 3;

    /** Never closed: it lasts as long as the process, its stores come and go. */
    private static final Map<Long, Shared> BY_SIZE = new ConcurrentHashMap<>();

    private record Shared(Cache cache, WriteBufferManager writeBuffers) {

        static Shared of(long bytes) {
            Cache cache = new LRUCache(bytes, -1, false, INDEXES_FIRST);
            return new Shared(cache, new WriteBufferManager(bytes / WRITE_BUFFERS_PART, cache));
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        Shared shared = BY_SIZE.computeIfAbsent((Long) Objects.requireNonNull(configs.get(BYTES)), Shared::of);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writeBuffers());
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // What the options refer to is shared.
    }
}
