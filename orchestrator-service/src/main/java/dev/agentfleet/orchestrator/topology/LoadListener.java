package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.orchestrator.partition.HomeLoad;
import org.jspecify.annotations.Nullable;

/** Told by each home partition, on its thread, what it has to do. */
@FunctionalInterface
public interface LoadListener {

    /** @param load null once this process does not have the partition any more */
    void load(int partition, @Nullable HomeLoad load);
}
