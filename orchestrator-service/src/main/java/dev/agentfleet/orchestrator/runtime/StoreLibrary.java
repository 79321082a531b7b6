package dev.agentfleet.orchestrator.runtime;

import java.util.Optional;
import org.rocksdb.RocksDB;

/**
 * The native code of the stores. Where it cannot be loaded, the first stream thread would fail with it and every later one
 * would wait for the first one to have loaded it, for ever.
 */
final class StoreLibrary {

    private StoreLibrary() {}

    /** Loads it; what stands in the way and what to do, if something does. */
    static Optional<String> load() {
        try {
            RocksDB.loadLibrary();
            return Optional.empty();
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            return Optional.of("the native library of the stores cannot be loaded: " + e.getMessage()
                    + ". It is looked for in java.library.path, then unpacked into "
                    + System.getProperty("java.io.tmpdir")
                    + ", which must be writable and not mounted noexec; the variable ROCKSDB_SHAREDLIB_DIR names another"
                    + " directory");
        }
    }
}
