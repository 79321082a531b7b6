package dev.agentfleet.worker.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.agentfleet.worker.config.Configs;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupMembershipTest {

    @Test
    void aClassicMemberNamesItsSessionAndItsAssignor() {
        var settings = settings("assignments", Map.of("fleet.worker.session-timeout", "PT5S"), Map.of());

        assertThat(settings)
                .containsEntry("group.protocol", "classic")
                .containsEntry("session.timeout.ms", "5000")
                .containsEntry("heartbeat.interval.ms", "500")
                .containsEntry(
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    }

    @Test
    void withTheConsumerProtocolSessionsAreLeftToTheBroker() {
        var settings = settings("assignments", Map.of("fleet.worker.group-protocol", "consumer"), Map.of());

        assertThat(settings)
                .containsEntry("group.protocol", "consumer")
                .doesNotContainKeys("session.timeout.ms", "heartbeat.interval.ms", "partition.assignment.strategy");
    }

    @Test
    void whatTheChannelSetsWins() {
        var settings = settings("assignments", Map.of(), Map.of("session.timeout.ms", "7000"));

        assertThat(settings).containsEntry("session.timeout.ms", "7000");
    }

    @Test
    void otherChannelsAreLeftAlone() {
        assertThat(settings("results", Map.of(), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void kafkaTakesTheSettingsOfEachProtocol(String protocol) {
        var settings = settings("assignments", Map.of("fleet.worker.group-protocol", protocol), Map.of());
        settings.put("key.deserializer", ByteArrayDeserializer.class);
        settings.put("value.deserializer", ByteArrayDeserializer.class);
        settings.put("bootstrap.servers", "127.0.0.1:1");
        settings.put("group.id", "workers");

        assertThatCode(() -> new ConsumerConfig(settings)).doesNotThrowAnyException();
    }

    private static Map<String, Object> settings(
            String channel, Map<String, String> configuration, Map<String, Object> ofChannel) {
        var membership = new GroupMembership(Configs.worker(configuration), new AssignedPartitions());
        return membership.customize(channel, new SmallRyeConfigBuilder().build(), new HashMap<>(ofChannel));
    }
}
