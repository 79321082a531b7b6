package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.orchestrator.partition.HomeLoad;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.topology.LoadListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the home partitions of this process last said they have to do. Thread-safe. */
public final class HomeLoads implements LoadListener {

    private final Map<Integer, HomeLoad> loads = new ConcurrentHashMap<>();

    @Override
    public void load(int partition, @Nullable HomeLoad load) {
        if (load == null) {
            loads.remove(partition);
        } else {
            loads.put(partition, load);
        }
    }

    /** Null while the home partition is not here, or has not said anything yet. */
    @Nullable
    HomeLoad of(int partition) {
        return loads.get(partition);
    }

    int sum(ToIntFunction<HomeLoad> part) {
        return loads.values().stream().mapToInt(part).sum();
    }

    int sum(String pool, ToIntFunction<PoolLoad> part) {
        return of(pool).mapToInt(part).sum();
    }

    /** Seconds since the oldest run with tasks waiting for the pool could start; 0 when none waits. */
    double oldestSeconds(String pool, Instant now) {
        return of(pool).map(PoolLoad::oldest)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis() / 1e3))
                .orElse(0.0);
    }

    private Stream<PoolLoad> of(String pool) {
        return loads.values().stream().map(load -> load.pools().get(pool)).filter(Objects::nonNull);
    }
}
