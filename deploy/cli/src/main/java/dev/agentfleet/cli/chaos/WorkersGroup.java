package dev.agentfleet.cli.chaos;

import dev.agentfleet.contract.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** The consumer group of the workers, as the broker sees it. */
record WorkersGroup(String state, Map<Integer, Long> committed, List<Integer> unowned) {

    static WorkersGroup seen(KafkaClients kafka) throws InterruptedException {
        String group = Topics.DEFAULT.workersGroup(TopicsReader.POOL);
        String topic = Topics.DEFAULT.tasks(TopicsReader.POOL);
        try (Admin admin = kafka.admin()) {
            ConsumerGroupDescription description = Objects.requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            TopicDescription tasks = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            int partitions = tasks.partitions().size();
            var committed = new HashMap<Integer, Long>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(topic)) {
                            committed.put(partition.partition(), offset.offset());
                        }
                    });
            return new WorkersGroup(
                    description.groupState().toString(), committed, unowned(description, topic, partitions));
        } catch (ExecutionException e) {
            throw new ChaosException("the workers' group cannot be looked at", e);
        }
    }

    /** Whether it has members, they have shared the partitions, and nobody is coming or leaving. */
    boolean isStable() {
        return state.equalsIgnoreCase("stable") && unowned.isEmpty();
    }

    private static List<Integer> unowned(ConsumerGroupDescription group, String topic, int partitions) {
        Set<TopicPartition> owned = new HashSet<>();
        group.members().forEach(member -> owned.addAll(member.assignment().topicPartitions()));
        var unowned = new ArrayList<Integer>();
        for (int partition = 0; partition < partitions; partition++) {
            if (!owned.contains(new TopicPartition(topic, partition))) {
                unowned.add(partition);
            }
        }
        return unowned;
    }
}
