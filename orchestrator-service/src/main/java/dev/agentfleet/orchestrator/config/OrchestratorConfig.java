package dev.agentfleet.orchestrator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The orchestrator's settings. Kafka's address is {@code kafka.bootstrap.servers}. */
@ConfigMapping(prefix = "fleet.orchestrator")
public interface OrchestratorConfig {

    /**
     * Folder of the local state, of one process only; it can always be rebuilt from Kafka, but a kept one makes starts fast.
     */
    @WithDefault("state")
    String stateDir();

    /**
     * Name of this instance, kept across restarts: lets it take its partitions up again without a rebalance. For one that is
     * alone. Beside others it delays the failover of a planned stop until the session has run out.
     */
    Optional<String> instanceId();

    /**
     * Where the other orchestrators reach this one, such as {@code http://10.0.0.7:8080}: what is asked of a run that one of
     * them holds is handed on to it. Without it this one answers only for what it holds.
     */
    Optional<String> advertisedUrl();

    /** Pools that have a tasks topic. */
    @WithDefault("default")
    Set<String> pools();

    /** Pool of an agent whose tasks name none, where it is not {@code default}. */
    Map<String, String> agentPools();

    /** Partitions of the requests and results topics: fixed for the life of the fleet. */
    @WithDefault("12")
    int homePartitions();

    /** Partitions of a tasks topic: the most workers of one pool. */
    @WithDefault("24")
    int taskPartitions();

    /** Replicas of every topic the orchestrator creates. */
    @WithDefault("1")
    short replicationFactor();

    /** How long a topic keeps records that are deleted by age. */
    @WithDefault("P7D")
    Duration retention();

    /** How long a finished run is kept, from the end of its last revision: at least a second. Then its state is deleted. */
    @WithDefault("P7D")
    Duration runRetention();

    /** Most tasks of one run. */
    @WithDefault("5000000")
    int maxTasksPerRun();

    /** How long a claim outlives the last heartbeat of its worker. */
    @WithDefault("PT15S")
    Duration lease();

    /** How much longer than its timeout a claimed attempt may last before the orchestrator gives it up. */
    @WithDefault("PT10S")
    Duration grace();

    /** Threads of the stream processing. */
    @WithDefault("2")
    int threads();

    /**
     * Copies of each partition's state that other orchestrators keep up to date, so that one of them takes over within
     * seconds: no more than there are others. With 0 the next owner reads all of it from Kafka first.
     */
    @WithDefault("1")
    int standbyReplicas();

    /** Memory outside the heap that all stores of this process share, in megabytes; at least 16. */
    @WithDefault("128")
    int storeMegabytes();

    /** How often a transaction is committed under a light load: the largest part of a single task's latency. */
    @WithDefault("PT0.01S")
    Duration commitInterval();

    /** How often a busy stream thread commits: at most, and up to half as often where commits are slow. */
    @WithDefault("PT0.15S")
    Duration busyCommitInterval();

    /** Tasks of a run that get spans, where the run is traced: those with an index below. */
    @WithDefault("1000")
    int tracedTasks();

    /** How long POST waits for the admission of a run before it answers 202. */
    @WithDefault("PT2S")
    Duration admissionWait();

    /** How many workers are asked for. */
    ScalingConfig scaling();

    /** What is asked of those who use REST. */
    AuthConfig auth();
}
