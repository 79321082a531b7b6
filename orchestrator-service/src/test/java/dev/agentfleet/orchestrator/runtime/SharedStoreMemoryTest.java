package dev.agentfleet.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class SharedStoreMemoryTest {

    static {
        RocksDB.loadLibrary();
    }

    private final Options runs = new Options().setTableFormatConfig(new TableConfig());
    private final Options tasks = new Options().setTableFormatConfig(new TableConfig());

    /** Tells its cache, which RocksDB's keeps to itself. */
    private static final class TableConfig extends BlockBasedTableConfig {

        private @Nullable Cache cache;

        @Override
        public BlockBasedTableConfig setBlockCache(Cache given) {
            cache = given;
            return super.setBlockCache(given);
        }
    }

    @AfterEach
    void close() {
        runs.close();
        tasks.close();
    }

    @Test
    void twoStoresHaveOneCacheAndOneWriteBufferManager() {
        set(runs, 16);
        set(tasks, 16);

        assertThat(cache(runs)).isNotNull().isSameAs(cache(tasks));
        assertThat(runs.writeBufferManager()).isNotNull().isSameAs(tasks.writeBufferManager());
        assertThat(table(runs).cacheIndexAndFilterBlocks()).isTrue();
    }

    /** Kafka Streams closes a store's setter with the store; the others go on using the memory. */
    @Test
    void aStoreThatIsClosedLeavesTheMemoryToTheOthers() {
        SharedStoreMemory setter = set(runs, 16);
        set(tasks, 16);

        setter.close("runs", runs);

        assertThat(Objects.requireNonNull(cache(tasks)).isOwningHandle()).isTrue();
        assertThat(tasks.writeBufferManager().isOwningHandle()).isTrue();
    }

    private static SharedStoreMemory set(Options options, long megabytes) {
        SharedStoreMemory setter = new SharedStoreMemory();
        setter.setConfig("store", options, Map.of(SharedStoreMemory.BYTES, megabytes * 1024 * 1024));
        return setter;
    }

    private static @Nullable Cache cache(Options options) {
        return table(options).cache;
    }

    private static TableConfig table(Options options) {
        return (TableConfig) options.tableFormatConfig();
    }
}
