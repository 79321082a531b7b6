package dev.agentfleet.orchestrator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

    private static final int BROKERS_LEAST_SESSION = 6_000;

    @Test
    void aDeadOwnerIsNoticedAndItsTransactionEndedBeforeTenSeconds() {
        StreamsConfig settings = settings(Map.of());

        Map<String, Object> consumer = settings.getMainConsumerConfigs("group", "client", 0);
        Map<String, Object> producer = settings.getProducerConfigs("client");
        int session = number(consumer, "session.timeout.ms");
        assertThat(session).isEqualTo(BROKERS_LEAST_SESSION);
        assertThat(number(consumer, "heartbeat.interval.ms")).isLessThanOrEqualTo(session / 3);
        assertThat(number(producer, "transaction.timeout.ms")).isLessThan(session);
    }

    /** By itself Kafka Streams says no: the name of the setting is internal, and its effect must not get lost. */
    @Test
    void aPlannedStopLeavesTheGroup() {
        assertThat(settings(Map.of()).getMainConsumerConfigs("group", "client", 0))
                .containsEntry("internal.leave.group.on.close", true);
    }

    @Test
    void aStandbyIsKeptUnlessNoneIsWanted() {
        assertThat(settings(Map.of()).getInt("num.standby.replicas")).isEqualTo(1);
        assertThat(settings(Map.of("fleet.orchestrator.standby-replicas", "0")).getInt("num.standby.replicas"))
                .isZero();
        assertThatThrownBy(() -> settings(Map.of("fleet.orchestrator.standby-replicas", "-1")))
                .hasMessage("fleet.orchestrator.standby-replicas: '-1' must not be negative");
    }

    @Test
    void allStoresShareTheMemoryThatIsSet() {
        StreamsConfig settings = settings(Map.of("fleet.orchestrator.store-megabytes", "64"));

        assertThat(settings.getClass("rocksdb.config.setter")).isEqualTo(SharedStoreMemory.class);
        assertThat(settings.originals()).containsEntry(SharedStoreMemory.BYTES, 64L * 1024 * 1024);
        assertThatThrownBy(() -> settings(Map.of("fleet.orchestrator.store-megabytes", "15")))
                .hasMessage("fleet.orchestrator.store-megabytes: '15' must be at least 16");
    }

    private static int number(Map<String, Object> settings, String name) {
        return Integer.parseInt(String.valueOf(settings.get(name)));
    }

    private static StreamsConfig settings(Map<String, String> set) {
        OrchestratorConfig config = new SmallRyeConfigBuilder()
                .withMapping(OrchestratorConfig.class)
                .withSources(new PropertiesConfigSource(set, "test", 1_000))
                .build()
                .getConfigMapping(OrchestratorConfig.class);
        return new StreamsConfig(
                StreamsProperties.of(config, Topics.DEFAULT, Map.of("bootstrap.servers", "127.0.0.1:1")));
    }
}
