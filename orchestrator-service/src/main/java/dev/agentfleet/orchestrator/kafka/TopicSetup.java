package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing and checks those that are there. */
public final class TopicSetup {

    private final Admin admin;
    private final Topics names;
    private final TopicPlan plan;
    private final int homes;

    public TopicSetup(Admin admin, OrchestratorConfig config, Topics names) {
        this.admin = admin;
        this.names = names;
        this.plan = TopicPlan.of(config, names);
        this.homes = config.homePartitions();
    }

    /**
     * Returns why the orchestrator must not start on the topics as they are; empty when it may.
     *
     * @throws ExecutionException when the brokers cannot be asked: try again
     */
    public Optional<String> prepare() throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = plan.topics().stream()
                .filter(topic -> !present.contains(topic.name()))
                .toList();
        for (NewTopic topic : missing) {
            create(topic);
        }
        Optional<String> objection = otherPartitions();
        return objection.isPresent() ? objection : otherTime();
    }

    private void create(NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            // Another orchestrator was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Optional<String> otherTime() throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = plan.topics().stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        for (var topic : admin.describeConfigs(resources).all().get().entrySet()) {
            String type = topic.getValue()
                    .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                    .value();
            if (!type.equals(TopicPlan.LOG_APPEND_TIME)) {
                return Optional.of("topic " + topic.getKey().name() + " has message.timestamp.type " + type
                        + ", but it must be " + TopicPlan.LOG_APPEND_TIME + ": the fleet's time is the broker's."
                        + " Change the topic, or use another fleet.topics.prefix.");
            }
        }
        return Optional.empty();
    }

    private Optional<String> otherPartitions() throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = admin.describeTopics(
                        List.of(names.requests(), names.results(), names.quotaRequests()))
                .allTopicNames()
                .get();
        for (TopicDescription topic : found.values()) {
            int partitions = topic.partitions().size();
            if (topic.name().equals(names.quotaRequests())) {
                if (partitions != 1) {
                    return Optional.of("topic " + topic.name() + " has " + partitions
                            + " partitions, but it must have 1: all quotas have one owner."
                            + " Delete the topic, it is made anew; or use another fleet.topics.prefix.");
                }
            } else if (partitions != homes) {
                return Optional.of("topic " + topic.name() + " has " + partitions
                        + " partitions, but fleet.orchestrator.home-partitions is " + homes
                        + ": the number is fixed for the life of a fleet, because it decides where a run lives."
                        + " Set the key to " + partitions + ", or use another fleet.topics.prefix.");
            }
        }
        return Optional.empty();
    }
}
