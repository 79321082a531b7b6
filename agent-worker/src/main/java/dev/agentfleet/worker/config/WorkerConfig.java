package dev.agentfleet.worker.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What one worker process serves and how much at once. */
@ConfigMapping(prefix = "fleet.worker")
public interface WorkerConfig {

    /** The pool it serves: it reads {@code <prefix>tasks.<pool>}. */
    @WithDefault("default")
    String pool();

    /** Attempts it runs at once. A slot is taken until the attempt's result is durable. */
    @WithDefault("16")
    int slots();

    /** Records fetched at a time; at most twice as many wait here beyond the slots, then its partitions are paused. */
    @WithDefault("100")
    int prefetch();

    /** An attempt that runs longer than this is claimed. */
    @WithDefault("PT0.5S")
    Duration claimAfter();

    /**
     * How long claimed attempts may hold every slot before what waits for one is given back to be done elsewhere; twice as long
     * each further time, up to 5 times as long.
     */
    @WithDefault("PT1S")
    Duration patience();

    /** Time between two heartbeats. */
    @WithDefault("PT3S")
    Duration heartbeat();

    /** How long a stopping worker lets running attempts finish. */
    @WithDefault("PT60S")
    Duration drainBudget();

    /** How long the code of an attempt has to end once it was told to stop. Past it, its slot counts as lost. */
    @WithDefault("PT2S")
    Duration stopGrace();

    /** How the workers of the pool share its partitions. */
    @WithDefault("classic")
    GroupProtocol groupProtocol();

    /**
     * How long a worker that is not heard of stays in its group: what it had not claimed comes back then, so not above the
     * orchestrator's lease, which warns otherwise. With the protocol {@code consumer} the broker decides; a worker warns if
     * its broker waits longer than this.
     */
    @WithDefault("PT10S")
    Duration sessionTimeout();

    /** Waiting work, a free slot and nothing taken for so long: the worker is stuck, and not alive for its probe. */
    @WithDefault("PT60S")
    Duration stuckAfter();

    /** For trials: the first attempt that comes to this point ends the process as a crash would. */
    Optional<Failpoint> failpoint();
}
