package dev.agentfleet.cli.chaos;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A Kafka cluster in containers. Each of its servers is broker and controller. */
final class Brokers {
    private static final DockerImageName IMAGE = DockerImageName.parse(
                    Optional.ofNullable(System.getenv("FLEET_KAFKA_IMAGE")).orElse("apache/kafka:4.1.1"))
            .asCompatibleSubstituteFor("apache/kafka");
    private static final int INSIDE = 19092;
    private static final int CONTROLLER = 9094;
    private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";

    private final List<KafkaContainer> containers;

    Brokers(int number, Network network) {
        this.containers = IntStream.rangeClosed(1, number)
                .mapToObj(node -> broker(node, number, network))
                .toList();
    }

    int number() {
        return containers.size();
    }

    /** Returns when they serve; each needs the others for that. */
    void start() {
        containers.parallelStream().forEach(KafkaContainer::start);
    }

    void stop() {
        containers.forEach(KafkaContainer::stop);
    }

    String fromOutside() {
        return containers.stream().map(KafkaContainer::getBootstrapServers).collect(Collectors.joining(","));
    }

    String fromInside() {
        return IntStream.rangeClosed(1, containers.size())
                .mapToObj(node -> name(node) + ":" + INSIDE)
                .collect(Collectors.joining(","));
    }

    private static String name(int node) {
        return "broker-" + node;
    }

    private static KafkaContainer broker(int node, int number, Network network) {
        String replicas = Integer.toString(number);
        String inSync = Integer.toString(Math.max(1, number - 1));
        var container = new KafkaContainer(IMAGE) {
            @Override
            protected void configure() {
                super.configure();
                addEnv(
                        "KAFKA_CONTROLLER_QUORUM_VOTERS",
                        IntStream.rangeClosed(1, number)
                                .mapToObj(each -> each + "@" + name(each) + ":" + CONTROLLER)
                                .collect(Collectors.joining(",")));
            }
        };
        container
                .withNetwork(network)
                .withNetworkAliases(name(node))
                .withListener(name(node) + ":" + INSIDE)
                .withCreateContainerCmdModifier(create -> create.withHostName(name(node)))
                .withEnv("CLUSTER_ID", CLUSTER)
                .withEnv("KAFKA_NODE_ID", Integer.toString(node))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                // The trials' session timeout is below the usual least one.
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", replicas)
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", replicas)
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", inSync)
                .withEnv("KAFKA_MIN_INSYNC_REPLICAS", inSync)
                .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
        return container;
    }
}
