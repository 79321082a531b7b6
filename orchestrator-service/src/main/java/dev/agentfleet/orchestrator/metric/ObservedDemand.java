package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.orchestrator.partition.HomeLoad;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.scaling.AttemptTime;
import dev.agentfleet.orchestrator.scaling.LocalDemand;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Adds up what the home partitions of this process last said they have to do. Thread-safe. */
final class ObservedDemand implements LocalDemand {

    private final HomeLoads loads;
    private final AttemptTimes times;
    private final InstantSource clock;

    ObservedDemand(HomeLoads loads, AttemptTimes times, InstantSource clock) {
        this.loads = loads;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public PoolDemand of(String pool, Set<Integer> partitions) {
        AttemptTime ended = times.of(pool, clock.instant());
        PoolDemand all = new PoolDemand(0, 0, null, ended);
        for (int partition : new TreeSet<>(partitions)) {
            HomeLoad load = loads.of(partition);
            if (load == null) {
                throw new StateUnavailableException("what home partition " + partition
                        + " has to do is not known here now: it is starting, restoring, or moving to another owner");
            }
            PoolLoad part = load.pools().get(pool);
            all = part == null ? all : all.plus(demand(part));
        }
        return all;
    }

    private static PoolDemand demand(PoolLoad load) {
        int queued = Math.max(0, load.inFlight() - load.claimed());
        Instant oldest = Stream.of(load.sent(), load.sendable() > 0 ? load.oldest() : null)
                .flatMap(Stream::ofNullable)
                .min(Instant::compareTo)
                .orElse(null);
        return new PoolDemand((long) queued + load.sendable(), load.claimed(), oldest, AttemptTime.NONE);
    }
}
