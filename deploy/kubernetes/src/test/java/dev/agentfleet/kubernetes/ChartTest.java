package dev.agentfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of the chart, whatever its values. */
class ChartTest {
    /** Secrets that a values file may name, which whoever installs makes. */
    private static final Set<String> FOREIGN_SECRETS =
            Set.of("fleet-kafka", "fleet-kafka-orchestrator", "fleet-kafka-worker", "model-keys");

    private static final String ORCHESTRATOR = "fleet-agent-fleet-orchestrator";

    static List<Path> good() {
        return Chart.values("good");
    }

    @Test
    void passesHelmsOwnChecks() {
        assertThat(Chart.lint().getMessages()).noneMatch(message -> message.contains("[ERROR]"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void hasNoFieldThatKubernetesDoesNotKnow(Path values) {
        List<HasMetadata> objects = Chart.objects(values);

        assertThat(objects).hasSizeGreaterThan(7);
        assertThat(objects)
                .allSatisfy(object -> assertThat(UnknownFields.of(object))
                        .as(object.getKind() + " " + object.getMetadata().getName())
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("good")
    void runsUnderPodSecurityRestricted(Path values) {
        assertThat(pods(values)).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
            assertThat(pod.getContainers()).allSatisfy(container -> {
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getSecurityContext().getCapabilities().getAdd())
                        .isNullOrEmpty();
            });
        });
    }

    /** A variable shows in every description and crash report of a process. */
    @ParameterizedTest
    @MethodSource("good")
    void keepsSecretsOutOfTheEnvironment(Path values) {
        assertThat(containers(values)).allSatisfy(container -> {
            assertThat(container.getEnvFrom()).isNullOrEmpty();
            assertThat(container.getEnv())
                    .allMatch(variable -> variable.getValueFrom() == null
                            || variable.getValueFrom().getSecretKeyRef() == null);
        });
    }

    @ParameterizedTest
    @MethodSource("good")
    void namesAFixedImage(Path values) {
        assertThat(containers(values))
                .extracting(Container::getImage)
                .allMatch(image -> image.matches(".+:[^:/]+") && !image.endsWith(":latest"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void limitsMemoryAndProbesEachContainer(Path values) {
        assertThat(containers(values)).allSatisfy(container -> {
            assertThat(container.getResources().getLimits().get("memory"))
                    .isEqualTo(container.getResources().getRequests().get("memory"));
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
            assertThat(container.getStartupProbe()).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("good")
    void waitsLongerThanAWorkerDrains(Path values) {
        Map<String, ServiceSettings> settings = settings(values);

        assertThat(Chart.objects(values, Deployment.class)).isNotEmpty().allSatisfy(worker -> {
            Duration drain = Duration.parse(of(settings, worker).get("fleet.worker.drain-budget"));
            assertThat(worker.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                    .isEqualTo(drain.plusSeconds(30).toSeconds());
        });
    }

    @ParameterizedTest
    @MethodSource("good")
    void tellsTheServicesOnlyWhatTheyKnow(Path values) {
        assertThat(settings(values))
                .isNotEmpty()
                .allSatisfy((name, told) -> assertThat(told.unknown()).as(name).isEmpty());
    }

    /** Orchestrator and workers meet on the same topics, of pools that both know. */
    @ParameterizedTest
    @MethodSource("good")
    void agreesOnTopicsAndPools(Path values) {
        Map<String, ServiceSettings> settings = settings(values);
        ServiceSettings orchestrator = of(settings, ORCHESTRATOR);

        List<ServiceSettings> workers = Chart.objects(values, Deployment.class).stream()
                .map(worker -> of(settings, worker))
                .toList();

        assertThat(workers)
                .extracting(worker -> worker.get("fleet.topics.prefix"))
                .containsOnly(orchestrator.get("fleet.topics.prefix"));
        assertThat(workers)
                .extracting(worker -> worker.get("fleet.worker.pool"))
                .containsExactlyInAnyOrder(
                        orchestrator.get("fleet.orchestrator.pools").split(","));
    }

    @ParameterizedTest
    @MethodSource("good")
    void refersOnlyToWhatThereIs(Path values) {
        Set<String> maps = Chart.objects(values, ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .collect(Collectors.toSet());

        assertThat(pods(values)).flatMap(PodSpec::getVolumes).allSatisfy(volume -> exists(volume, maps));
        assertThat(pods(values))
                .allSatisfy(pod -> assertThat(pod.getContainers())
                        .flatMap(Container::getVolumeMounts)
                        .extracting(mount -> mount.getName())
                        .isSubsetOf(Stream.concat(pod.getVolumes().stream().map(Volume::getName), Stream.of("state"))
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void letsOnePodOfAKindGoAtATime(Path values) {
        int kinds = Chart.objects(values, Deployment.class).size() + 1;

        assertThat(Chart.objects(values, PodDisruptionBudget.class))
                .hasSize(kinds)
                .allMatch(budget -> budget.getSpec().getMaxUnavailable().getIntVal() == 1);
    }

    @Test
    void letsInEverybodyOnlyWhereThereIsNoIssuer() {
        ServiceSettings open = of(settings(named("minimal.yaml")), ORCHESTRATOR);
        ServiceSettings closed = of(settings(named("production.yaml")), ORCHESTRATOR);

        assertThat(open.values())
                .containsEntry("fleet.orchestrator.auth.anonymous", "true")
                .doesNotContainKeys("fleet.orchestrator.auth.tokens", "quarkus.oidc.auth-server-url");
        assertThat(closed.values())
                .containsEntry("fleet.orchestrator.auth.tokens", "true")
                .containsEntry("quarkus.oidc.auth-server-url", "https://login.example.com:8443/realms/team")
                .containsEntry("quarkus.oidc.token.audience", "agent-fleet")
                .doesNotContainKey("fleet.orchestrator.auth.anonymous");
    }

    @Test
    void orchestratorsReachTheIssuerWhereThereIsOne() {
        assertThat(portsOut("production.yaml")).contains(8443);
        assertThat(portsOut("minimal.yaml")).doesNotContain(443, 8443);
    }

    private static List<Integer> portsOut(String file) {
        return Chart.objects(named(file), NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getName().equals(ORCHESTRATOR))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    private static Path named(String file) {
        return good().stream().filter(each -> each.endsWith(file)).findFirst().orElseThrow();
    }

    /** What the chart does not set must not differ from what it says are its defaults. */
    @Test
    void hasTheOrchestratorsDefaults() throws Exception {
        Map<String, ServiceSettings> settings = settings(good().getFirst());
        ServiceSettings orchestrator = of(settings, ORCHESTRATOR);

        assertThat(orchestrator.get("fleet.orchestrator.home-partitions")).isEqualTo(defaultOf("homePartitions"));
        assertThat(orchestrator.get("fleet.orchestrator.task-partitions")).isEqualTo(defaultOf("taskPartitions"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-kafka.yaml         | kafka.bootstrapServers: must be set",
                "latest.yaml           | image.tag: 'latest' must not be used",
                "too-many-workers.yaml | pools.default.maxWorkers: 25 must not be above orchestrator.taskPartitions (24)",
                "misspelt.yaml         | replica",
                "no-port.yaml          | bootstrapServers",
                "least-above-most.yaml | pools.default.minWorkers: 9 must not be above maxWorkers (8)",
                "zero-without-keda.yaml | pools.default.minWorkers: 0 needs scaling.mode keda",
                "strimzi-without-cluster.yaml | strimzi.cluster: must name the Kafka resource",
                "unknown-scaling.yaml  | mode",
                "any-audience.yaml     | orchestrator.auth.audience: must be set with an issuer",
                "no-address.yaml       | issuer"
            })
    void refusesBrokenValuesWithAReason(String file, String reason) {
        Path values = Chart.values("bad").stream()
                .filter(each -> each.endsWith(file))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(reason);
    }

    private static ServiceSettings of(Map<String, ServiceSettings> settings, HasMetadata owner) {
        return of(settings, owner.getMetadata().getName());
    }

    private static ServiceSettings of(Map<String, ServiceSettings> settings, String owner) {
        return Objects.requireNonNull(settings.get(owner), owner);
    }

    private static String defaultOf(String method) throws NoSuchMethodException {
        return OrchestratorConfig.class
                .getMethod(method)
                .getAnnotation(WithDefault.class)
                .value();
    }

    private static void exists(Volume volume, Set<String> maps) {
        if (volume.getConfigMap() != null) {
            assertThat(maps).contains(volume.getConfigMap().getName());
        }
        if (volume.getSecret() != null) {
            assertThat(FOREIGN_SECRETS).contains(volume.getSecret().getSecretName());
        }
    }

    private static Map<String, ServiceSettings> settings(Path values) {
        return Chart.objects(values, ConfigMap.class).stream()
                .collect(Collectors.toMap(map -> map.getMetadata().getName(), ServiceSettings::of));
    }

    private static List<Container> containers(Path values) {
        return pods(values).stream()
                .flatMap(pod -> pod.getContainers().stream())
                .toList();
    }

    private static List<PodSpec> pods(Path values) {
        return Stream.concat(
                        Chart.objects(values, Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        Chart.objects(values, StatefulSet.class).stream()
                                .map(set -> set.getSpec().getTemplate()))
                .map(PodTemplateSpec::getSpec)
                .toList();
    }
}
