package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.config.WorkerConfig;
import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.eclipse.microprofile.config.Config;

/**
 * How the worker's consumer is a member of its group. What the channel's own configuration sets stays as it is: Kafka says
 * clearly what does not go with the protocol.
 */
@Singleton
final class GroupMembership implements ClientCustomizer<Map<String, Object>> {

    /** A member hears of a change with its next heartbeat. */
    private static final int HEARTBEATS_PER_SESSION = 10;

    private final WorkerConfig config;
    private final AssignedPartitions partitions;

    GroupMembership(WorkerConfig config, AssignedPartitions partitions) {
        this.config = config;
        this.partitions = partitions;
    }

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        if (channel.equals(AssignmentConsumer.CHANNEL)) {
            join(settings);
            PolledRecords.of(partitions, settings);
        }
        return settings;
    }

    private void join(Map<String, Object> settings) {
        settings.putIfAbsent(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                config.groupProtocol().name().toLowerCase(Locale.ROOT));
        switch (config.groupProtocol()) {
            case CLASSIC -> {
                settings.putIfAbsent(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
                settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(config.sessionTimeout()));
                settings.putIfAbsent(
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        millis(config.sessionTimeout().dividedBy(HEARTBEATS_PER_SESSION)));
            }
            case CONSUMER -> {
                // Sessions and heartbeats are the broker's to set.
            }
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
