package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.scaling.PoolScaling;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What starts and stops workers asks for what there is, under the names that it has. */
class ScalingTest {
    private static final Path WITH_KEDA = Chart.good("production.yaml");
    private static final Path WITH_HPA = Chart.good("hpa.yaml");
    private static final Topics TOPICS = new Topics("prod.fleet.");

    @Test
    void aScaledObjectHasOnlyWhatKedaDocuments() {
        assertThat(scaledObjects()).hasSize(2).allSatisfy(scaled -> {
            assertThat(Keda.unknownFields(scaled)).isEmpty();
            assertThat(Stream.of("metrics-api", "kafka").flatMap(type -> Keda.metadata(scaled, type).values().stream()))
                    .as("KEDA refuses numbers")
                    .allMatch(String.class::isInstance);
        });
    }

    @Test
    void asksTheOrchestratorsHowManyWorkersThePoolShouldHave() throws Exception {
        Map<String, Object> metadata = Keda.metadata(scaledObject(), "metrics-api");
        URI url = URI.create((String) metadata.get("url"));

        assertThat(Chart.objects(WITH_KEDA, Service.class))
                .extracting(service -> service.getMetadata().getName() + '.' + Chart.NAMESPACE + ".svc:"
                        + service.getSpec().getPorts().getFirst().getPort())
                .contains(url.getAuthority());
        assertThat(url.getPath()).isEqualTo("/api/scaling/coders");
        assertThat(Stream.of(PoolScaling.class.getRecordComponents()).map(RecordComponent::getName))
                .contains((String) metadata.get("valueLocation"));
        assertThat(metadata).containsEntry("targetValue", "1");
    }

    @Test
    void wakesAPoolByTheLagOfItsOwnConsumers() throws Exception {
        Map<String, Object> metadata = Keda.metadata(scaledObject(), "kafka");
        Properties worker = workersOwn();

        assertThat(metadata)
                .containsEntry("topic", TOPICS.tasks("coders"))
                .containsEntry("consumerGroup", TOPICS.workersGroup("coders"))
                .containsEntry(
                        "offsetResetPolicy", worker.getProperty("mp.messaging.incoming.assignments.auto.offset.reset"))
                .containsEntry("activationLagThreshold", "48");
        assertThat(worker.getProperty("mp.messaging.incoming.assignments.group.id")
                        .replace("${fleet.topics.prefix}", TOPICS.prefix())
                        .replace("${fleet.worker.pool}", "coders"))
                .isEqualTo(metadata.get("consumerGroup"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production.yaml", "hpa.yaml"})
    void leavesTheNumberOfWorkersToWhatScalesThem(String values) {
        assertThat(Chart.objects(Chart.good(values), Deployment.class))
                .isNotEmpty()
                .allMatch(deployment -> deployment.getSpec().getReplicas() == null);
    }

    @Test
    void neverStartsMoreWorkersThanThereArePartitions() {
        Map<String, Object> spec = scaledObject().get("spec");
        Map<String, Object> target = scaledObject().get("spec", "scaleTargetRef");

        assertThat(spec).containsEntry("minReplicaCount", 0).containsEntry("maxReplicaCount", 48);
        assertThat(Chart.objects(WITH_KEDA, Deployment.class))
                .extracting(deployment -> deployment.getMetadata().getName())
                .contains((String) target.get("name"));
    }

    @Test
    void withoutKedaAnAutoscalerDividesTheTasksByTheSlotsOfAWorker() {
        List<HorizontalPodAutoscaler> autoscalers = Chart.objects(WITH_HPA, HorizontalPodAutoscaler.class);

        assertThat(autoscalers).hasSize(2).allSatisfy(autoscaler -> {
            assertThat(UnknownFields.of(autoscaler)).isEmpty();
            assertThat(autoscaler.getSpec().getMaxReplicas()).isLessThanOrEqualTo(24);
        });
        assertThat(autoscalers)
                .extracting(autoscaler -> autoscaler
                        .getSpec()
                        .getMetrics()
                        .getFirst()
                        .getExternal()
                        .getTarget()
                        .getAverageValue()
                        .getAmount())
                .containsExactlyInAnyOrder("16", "4");
    }

    private static GenericKubernetesResource scaledObject() {
        return scaledObjects().stream()
                .filter(object -> object.getMetadata().getName().endsWith("-coders"))
                .findFirst()
                .orElseThrow();
    }

    private static List<GenericKubernetesResource> scaledObjects() {
        return Chart.objects(WITH_KEDA, GenericKubernetesResource.class).stream()
                .filter(object -> object.getKind().equals(Keda.KIND))
                .toList();
    }

    /** Its services share a class path here, where each has a file of that name. */
    private static Properties workersOwn() throws IOException {
        var files = ScalingTest.class.getClassLoader().getResources("application.properties");
        while (files.hasMoreElements()) {
            var properties = new Properties();
            try (InputStream bytes = Objects.requireNonNull(files.nextElement()).openStream();
                    Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            if (properties.containsKey("mp.messaging.incoming.assignments.group.id")) {
                return properties;
            }
        }
        throw new IllegalStateException("no configuration of the worker on the class path");
    }
}
