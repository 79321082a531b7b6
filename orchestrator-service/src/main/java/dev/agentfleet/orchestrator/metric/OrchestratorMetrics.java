package dev.agentfleet.orchestrator.metric;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.metric.FleetMetric;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.kafka.ConsumerLags;
import dev.agentfleet.orchestrator.kafka.RestoreProgress;
import dev.agentfleet.orchestrator.kafka.StreamsFigures;
import dev.agentfleet.orchestrator.partition.HomeLoad;
import dev.agentfleet.orchestrator.partition.HomeLoad.PoolLoad;
import dev.agentfleet.orchestrator.scaling.LocalDemand;
import dev.agentfleet.orchestrator.topology.QuotaListener;
import dev.agentfleet.orchestrator.topology.RunTraces;
import dev.agentfleet.orchestrator.topology.Telemetry;
import dev.agentfleet.orchestrator.topology.TransactionListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Binds everything this process measures to the registry. */
public final class OrchestratorMetrics {

    /** What a Kafka Streams application keeps in stores. */
    private static final List<String> STORES = List.of("runs", "tasks", "lanes");

    private final Meters meters;
    private final CommittedCounts counts = new CommittedCounts();
    private final DecisionCounts decisions;
    private final QuotaFigures quotas;
    private final HomeLoads loads = new HomeLoads();
    private final AttemptTimes times = new AttemptTimes();
    private final InstantSource clock;
    private final LongAdder replacedThreads = new LongAdder();

    /** @param pools the names of the configured pools */
    public OrchestratorMetrics(MeterRegistry registry, Set<String> pools, InstantSource clock) {
        this.meters = new Meters(registry);
        this.clock = clock;
        this.quotas = new QuotaFigures(meters);
        this.decisions = new DecisionCounts(meters, counts, pools);
        pools.forEach(pool -> {
            meters.gauge(FleetMetric.TASKS_WAITING, () -> loads.sum(pool, PoolLoad::waiting), pool);
            meters.gauge(FleetMetric.TASKS_WAITING_OLDEST, () -> loads.oldestSeconds(pool, clock.instant()), pool);
            meters.gauge(FleetMetric.TASKS_IN_FLIGHT, () -> loads.sum(pool, PoolLoad::inFlight), pool);
        });
        meters.gauge(FleetMetric.TASKS_BACKING_OFF, () -> loads.sum(HomeLoad::backingOff));
        meters.gauge(FleetMetric.RUNS_ACTIVE, () -> loads.sum(HomeLoad::activeRuns));
        meters.counted(FleetMetric.STREAMS_THREADS_REPLACED, replacedThreads::sum);
    }

    /** For the home partitions. */
    public Telemetry telemetry(RunTraces traces) {
        return new Telemetry(decisions.and(times), decisions::unreadable, loads, traces);
    }

    /** What there is to do here, counted the same way as the gauges. */
    public LocalDemand demand() {
        return new ObservedDemand(loads, times, clock);
    }

    /** For the producers of the stream threads. */
    public TransactionListener transactions() {
        return counts;
    }

    /** For the owner of the quotas. */
    public QuotaListener quotas() {
        return quotas;
    }

    public void threadReplaced() {
        replacedThreads.increment();
    }

    public void bind(WorkerDirectory workers, Set<String> pools) {
        for (String pool : pools) {
            meters.gauge(FleetMetric.POOL_WORKERS, () -> workers.workers(pool), pool);
            meters.gauge(FleetMetric.POOL_SLOTS, () -> workers.slots(pool), pool);
        }
    }

    public void bind(ConsumerLags lags, Topics topics, Set<String> pools) {
        for (String pool : pools) {
            meters.gauge(FleetMetric.POOL_LAG, () -> lags.of(topics.tasks(pool)), pool);
        }
        meters.gauge(FleetMetric.ORCHESTRATOR_LAG, () -> lags.of(topics.requests()), "requests");
        meters.gauge(FleetMetric.ORCHESTRATOR_LAG, () -> lags.of(topics.results()), "results");
    }

    public void bind(StreamsFigures figures, RestoreProgress restore) {
        for (String state : StreamsFigures.states()) {
            meters.gauge(
                    FleetMetric.STREAMS_STATE,
                    () -> figures.state().filter(state::equals).isPresent() ? 1 : 0,
                    state.toLowerCase(Locale.ROOT));
        }
        meters.gauge(FleetMetric.STREAMS_THREADS_ALIVE, figures::threadsAlive);
        for (String stat : List.of("avg", "max")) {
            meters.gauge(
                    FleetMetric.STREAMS_COMMIT_LATENCY, () -> figures.slowest("commit-latency-" + stat) / 1e3, stat);
            meters.gauge(
                    FleetMetric.STREAMS_PROCESS_LATENCY, () -> figures.slowest("process-latency-" + stat) / 1e3, stat);
        }
        for (String store : STORES) {
            meters.gauge(
                    FleetMetric.STREAMS_RESTORE_REMAINING,
                    () -> restore.remaining().getOrDefault(store, 0L),
                    store);
        }
    }
}
