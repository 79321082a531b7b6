package dev.agentfleet.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The chart, rendered by Helm itself. */
final class Chart {
    static final String RELEASE = "fleet";
    static final String NAMESPACE = "agents";

    private static final Path DIRECTORY = Path.of("agent-fleet").toAbsolutePath();
    private static final Path VALUES = Path.of("src", "test", "resources");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static {
        YAML.registerKubernetesResource("kafka.strimzi.io/v1", "KafkaTopic", KafkaTopic.class);
        YAML.registerKubernetesResource("kafka.strimzi.io/v1", "KafkaUser", KafkaUser.class);
    }

    private Chart() {}

    /** Values files that must be refused, or must not. */
    static List<Path> values(String folder) {
        try (Stream<Path> files = Files.list(VALUES.resolve(folder))) {
            return files.sorted().map(Path::toAbsolutePath).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A values file that must not be refused. */
    static Path good(String name) {
        return values("good").stream()
                .filter(each -> each.endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    static String render(Path values) {
        return new Helm(DIRECTORY)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withValuesFile(values)
                .call();
    }

    static List<HasMetadata> objects(Path values) {
        return Stream.of(render(values).split("(?m)^---$"))
                .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
                .map(document -> (HasMetadata) Objects.requireNonNull(YAML.unmarshal(document)))
                .toList();
    }

    static <T extends HasMetadata> List<T> objects(Path values, Class<T> type) {
        return objects(values).stream().filter(type::isInstance).map(type::cast).toList();
    }
}
