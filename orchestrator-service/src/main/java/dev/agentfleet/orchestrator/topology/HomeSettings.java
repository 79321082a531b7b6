package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.partition.Outbox;
import dev.agentfleet.orchestrator.partition.Parts;
import dev.agentfleet.orchestrator.partition.Placing;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.partition.RunStore;
import dev.agentfleet.orchestrator.partition.Window;
import dev.agentfleet.orchestrator.partition.WorkerWatch;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What every home partition of this process shares.
 *
 * @param partitions of the requests and the results topic
 * @param windows the window of a partition
 * @param placings where a partition's tasks are put
 * @param readable told of the partitions whose state is whole
 * @param ticks where ticks leave, outside the transaction: they are no news but the time
 * @param commits which records a stream thread commits soon
 * @param afterCommit does what it is given once the calling thread's transaction is committed
 * @param completing told of a run's completion before anything shows it
 * @param clock only for time boxes; no decision depends on it
 */
public record HomeSettings(
        Topics topics,
        int partitions,
        AdmissionRules rules,
        IntFunction<Window> windows,
        IntFunction<Placing> placings,
        WorkerWatch workers,
        Telemetry telemetry,
        Duration lease,
        Duration grace,
        RunRetention retention,
        ReadablePartitions readable,
        TickSender ticks,
        CommitPace commits,
        Consumer<Runnable> afterCommit,
        Consumer<RunCompleted> completing,
        InstantSource clock) {

    Parts parts(RunStore store, Outbox outbox, int partition) {
        return new Parts(
                store,
                outbox,
                windows.apply(partition),
                placings.apply(partition),
                workers,
                rules,
                telemetry.decisions(),
                lease,
                grace,
                retention);
    }
}
