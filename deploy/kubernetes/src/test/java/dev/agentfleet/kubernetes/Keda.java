package dev.agentfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What KEDA 2.17 documents of a ScaledObject and of the two triggers that the chart uses. There are no models of it, and KEDA
 * ignores what it does not know.
 */
final class Keda {
    static final String KIND = "ScaledObject";

    private static final Set<String> SPEC = Set.of(
            "scaleTargetRef",
            "pollingInterval",
            "cooldownPeriod",
            "initialCooldownPeriod",
            "idleReplicaCount",
            "minReplicaCount",
            "maxReplicaCount",
            "fallback",
            "advanced",
            "triggers");
    private static final Set<String> TARGET = Set.of("apiVersion", "kind", "name", "envSourceContainerName");
    private static final Set<String> FALLBACK = Set.of("failureThreshold", "replicas", "behavior");
    private static final Set<String> ADVANCED =
            Set.of("restoreToOriginalReplicaCount", "horizontalPodAutoscalerConfig", "scalingModifiers");
    private static final Set<String> TRIGGER =
            Set.of("type", "name", "metadata", "metricType", "useCachedMetrics", "authenticationRef");
    private static final Map<String, Set<String>> METADATA = Map.of(
            "metrics-api",
            Set.of(
                    "url",
                    "format",
                    "valueLocation",
                    "targetValue",
                    "activationTargetValue",
                    "unsafeSsl",
                    "authMode",
                    "method",
                    "keyParamName",
                    "aggregateFromKubeServiceEndpoints",
                    "aggregationType"),
            "kafka",
            Set.of(
                    "bootstrapServers",
                    "consumerGroup",
                    "topic",
                    "lagThreshold",
                    "activationLagThreshold",
                    "offsetResetPolicy",
                    "allowIdleConsumers",
                    "scaleToZeroOnInvalidOffset",
                    "excludePersistentLag",
                    "limitToPartitionsWithLag",
                    "ensureEvenDistributionOfPartitions",
                    "version",
                    "partitionLimitation",
                    "sasl",
                    "tls",
                    "unsafeSsl"));

    private static final KubernetesSerialization MODELS = new KubernetesSerialization();

    private Keda() {}

    /** Fields of a ScaledObject that are not documented. */
    static Set<String> unknownFields(GenericKubernetesResource scaledObject) {
        Map<String, Object> spec = scaledObject.get("spec");
        var unknown = new TreeSet<String>();
        unknown.addAll(besides(SPEC, spec));
        unknown.addAll(besides(TARGET, part(spec, "scaleTargetRef")));
        unknown.addAll(besides(FALLBACK, part(spec, "fallback")));
        unknown.addAll(besides(ADVANCED, part(spec, "advanced")));
        Map<String, Object> autoscaler = part(part(spec, "advanced"), "horizontalPodAutoscalerConfig");
        unknown.addAll(UnknownFields.of(
                MODELS.convertValue(part(autoscaler, "behavior"), HorizontalPodAutoscalerBehavior.class)));
        for (Map<String, Object> trigger : triggers(scaledObject)) {
            unknown.addAll(besides(TRIGGER, trigger));
            unknown.addAll(besides(
                    Objects.requireNonNull(METADATA.get((String) trigger.get("type"))), part(trigger, "metadata")));
        }
        return unknown;
    }

    static List<Map<String, Object>> triggers(GenericKubernetesResource scaledObject) {
        return scaledObject.get("spec", "triggers");
    }

    /** What the trigger of that type is told. */
    static Map<String, Object> metadata(GenericKubernetesResource scaledObject, String type) {
        return triggers(scaledObject).stream()
                .filter(trigger -> type.equals(trigger.get("type")))
                .map(trigger -> part(trigger, "metadata"))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> besides(Set<String> known, Map<String, Object> fields) {
        var unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(known);
        return unknown;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> whole, String name) {
        return (Map<String, Object>) Objects.requireNonNull(whole.get(name), name);
    }
}
