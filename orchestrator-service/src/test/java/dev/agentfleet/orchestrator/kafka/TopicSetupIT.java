package dev.agentfleet.orchestrator.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupIT {

    @Test
    void createsWhatIsMissingAndRefusesAnotherNumberOfHomes(@TempDir Path data) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.in(data));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicSetup setup = new TopicSetup(admin, config("6"), Topics.DEFAULT);

            assertThat(prepared(setup)).isEmpty();
            assertThat(prepared(setup)).as("a second time").isEmpty();

            assertThat(admin.listTopics().names().get())
                    .contains(
                            "fleet.requests",
                            "fleet.results",
                            "fleet.runs",
                            "fleet.workers",
                            "fleet.control",
                            "fleet.dead-letters",
                            "fleet.tasks.default",
                            "fleet.tasks.gpu");
            assertThat(setting(admin, "fleet.requests", "message.timestamp.type"))
                    .isEqualTo("LogAppendTime");
            assertThat(setting(admin, "fleet.control", "cleanup.policy")).contains("compact", "delete");
            alter(admin, "fleet.runs", "message.timestamp.type", "CreateTime");
            assertThat(prepared(setup))
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains("topic fleet.runs has message.timestamp.type CreateTime"));
            assertThat(prepared(new TopicSetup(admin, config("12"), Topics.DEFAULT)))
                    .hasValueSatisfying(reason -> assertThat(reason)
                            .contains("has 6 partitions")
                            .contains("fleet.orchestrator.home-partitions is 12"));
        }
    }

    private static OrchestratorConfig config(String homes) {
        return new SmallRyeConfigBuilder()
                .withMapping(OrchestratorConfig.class)
                .withDefaultValue("fleet.orchestrator.home-partitions", homes)
                .withDefaultValue("fleet.orchestrator.pools", "default,gpu")
                .build()
                .getConfigMapping(OrchestratorConfig.class);
    }

    /** A broker that has just made a topic may not know it everywhere: the orchestrator asks again too. */
    private static Optional<String> prepared(TopicSetup setup) {
        return await().ignoreExceptionsInstanceOf(ExecutionException.class).until(setup::prepare, answer -> true);
    }

    private static void alter(Admin admin, String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return Objects.requireNonNull(config).get(name).value();
    }
}
