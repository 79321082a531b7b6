package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.kafka.TopicPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Strimzi's objects: the topics that the orchestrators would create themselves, and a user per role. */
class StrimziTest {
    private static final Path VALUES = Chart.good("production.yaml");
    private static final Topics TOPICS = new Topics("prod.fleet.");

    @Test
    void theTopicsAreThoseOfTheOrchestrator() {
        Map<String, KafkaTopic> rendered = Chart.objects(VALUES, KafkaTopic.class).stream()
                .collect(Collectors.toMap(topic -> topic.getSpec().getTopicName(), topic -> topic));
        List<NewTopic> planned = TopicPlan.of(config(), TOPICS).topics();

        assertThat(planned).hasSize(10).allSatisfy(plan -> {
            KafkaTopic topic = Objects.requireNonNull(rendered.get(plan.name()), plan.name());
            assertThat(topic.getSpec().getPartitions()).isEqualTo(plan.numPartitions());
            assertThat(topic.getSpec().getReplicas()).isEqualTo((int) plan.replicationFactor());
            var settings = new HashMap<String, String>();
            topic.getSpec().getConfig().forEach((key, value) -> settings.put(key, value.toString()));
            assertThat(settings).isEqualTo(plan.configs());
        });
        assertThat(rendered).hasSameSizeAs(planned);
    }

    @Test
    void everyObjectBelongsToTheCluster() {
        assertThat(Chart.objects(VALUES))
                .filteredOn(object -> object instanceof KafkaTopic || object instanceof KafkaUser)
                .hasSize(14)
                .allSatisfy(object -> {
                    assertThat(object.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "prod");
                    assertThat(object.getMetadata().getNamespace()).isEqualTo("kafka");
                });
    }

    @Test
    void noRoleMayDoEverything() {
        assertThat(Chart.objects(VALUES, KafkaUser.class))
                .extracting(user -> user.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "prod.fleet.orchestrator", "prod.fleet.worker", "prod.fleet.submitter", "prod.fleet.scaler");
        assertThat(Rights.of(VALUES)).isNotEmpty().allSatisfy(right -> {
            assertThat(right.name()).startsWith(TOPICS.prefix());
            assertThat(right.operation()).isNotIn("All", "Alter", "AlterConfigs", "ClusterAction");
        });
    }

    private static OrchestratorConfig config() {
        Map<String, String> told = Chart.objects(VALUES, ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().endsWith("-orchestrator"))
                .map(map -> ServiceSettings.of(map).values())
                .findFirst()
                .orElseThrow();
        var ours = new HashMap<>(told);
        ours.keySet().removeIf(key -> !key.startsWith("fleet.orchestrator."));
        ours.put("POD_NAME", "pod-0");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(OrchestratorConfig.class)
                .withSources(new PropertiesConfigSource(ours, "chart", 100))
                .build()
                .getConfigMapping(OrchestratorConfig.class);
    }
}
