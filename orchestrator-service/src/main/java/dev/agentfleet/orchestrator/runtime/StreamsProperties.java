package dev.agentfleet.orchestrator.runtime;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.AdvertisedUrl;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.topology.CommitPace;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of the Kafka Streams application. */
final class StreamsProperties {

    private static final int MOST_RECORD_BYTES = 3 * 1024 * 1024;
    /** The least that brokers allow by default. */
    private static final int SESSION_MILLIS = 6_000;

    private static final int HEARTBEAT_MILLIS = 1_000;
    /** Below the session timeout: what a dead owner left open does not delay the next one. */
    private static final int TRANSACTION_MILLIS = 5_000;
    /** The least that there may be: how often a member that is catching up asks for its part. */
    private static final int PROBING_MILLIS = 60_000;

    /** Kafka's own, without a public name: close options of 4.1 make only members with an instance id leave. */
    private static final String LEAVE_ON_CLOSE = "internal.leave.group.on.close";

    private static final int LINGER_MILLIS = 5;
    private static final int POLL_MILLIS = 5;
    private static final int POLL_RECORDS = 200;
    private static final int PARTITION_FETCH_BYTES = 64 * 1024;
    private static final int LEAST_STORE_MEGABYTES = 16;
    private static final long MEGABYTE = 1024 * 1024;

    private StreamsProperties() {}

    static String applicationId(Topics topics) {
        return topics.prefix() + "orchestrator";
    }

    /** @param kafka the connection: everything under {@code kafka.} */
    static Properties of(OrchestratorConfig config, Topics topics, Map<String, Object> kafka) {
        Properties properties = new Properties();
        kafka.forEach((key, value) -> properties.put(key, value.toString()));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(topics));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                CommitPace.longest(config.busyCommitInterval()).toMillis());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MOST_RECORD_BYTES);
        // Committed offsets are the only ones that count; a lost group would otherwise replay what was decided.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);
        // Who leaves the group is succeeded at once, not when the session has run out. Those with an instance id never
        // do.
        properties.put(StreamsConfig.mainConsumerPrefix(LEAVE_ON_CLOSE), true);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas(config));
        properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
        // A stream thread that waits for records does not commit what it has handled: the commit interval counts only
        // while the wait is shorter.
        properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        // It handles all it has polled before it polls again, and drains one partition's fetch before the next one: in
        // small parts, a quiet partition's records do not wait for a busy one's.
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                PARTITION_FETCH_BYTES);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class);
        properties.put(SharedStoreMemory.BYTES, storeBytes(config));
        config.instanceId()
                .ifPresent(id ->
                        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        AdvertisedUrl.of(config)
                .ifPresent(url -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, url.getAuthority()));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MOST_RECORD_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        return properties;
    }

    private static int standbyReplicas(OrchestratorConfig config) {
        if (config.standbyReplicas() < 0) {
            throw new IllegalArgumentException(
                    "fleet.orchestrator.standby-replicas: '" + config.standbyReplicas() + "' must not be negative");
        }
        return config.standbyReplicas();
    }

    private static long storeBytes(OrchestratorConfig config) {
        if (config.storeMegabytes() < LEAST_STORE_MEGABYTES) {
            throw new IllegalArgumentException("fleet.orchestrator.store-megabytes: '" + config.storeMegabytes()
                    + "' must be at least " + LEAST_STORE_MEGABYTES);
        }
        return config.storeMegabytes() * MEGABYTE;
    }
}
