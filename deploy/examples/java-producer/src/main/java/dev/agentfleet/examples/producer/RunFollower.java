package dev.agentfleet.examples.producer;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Prints what becomes of a run. */
final class RunFollower {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Map<String, Object> settings;

    RunFollower(String brokers) {
        // Java clients read uncommitted records unless told otherwise: outcomes that may still be taken back.
        this.settings = Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed");
    }

    /**
     * Reads from the beginning, because the run may have been submitted, and have ended, before.
     *
     * @param submittedAt broker time in milliseconds; a rejection before it answered another submission
     * @return FAILED also when the submission was rejected
     */
    RunStatus follow(RunId run, long submittedAt) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.DEFAULT.runs()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    RunStatus end = run.value().equals(record.key())
                            ? told(Json.read(record.value(), RunEvent.class), record.timestamp() >= submittedAt)
                            : null;
                    if (end != null) {
                        return end;
                    }
                }
            }
        }
    }

    /** Prints the event; returns how the run ended, if it did. */
    private static @Nullable RunStatus told(RunEvent event, boolean recent) {
        return switch (event) {
            case TaskOutcome outcome -> {
                System.out.println(outcome.taskId() + " " + outcome.status() + " " + output(outcome));
                yield null;
            }
            case RunRejected rejected
            when recent -> {
                System.err.println("rejected: " + rejected.reason());
                yield RunStatus.FAILED;
            }
            case RunRejected earlier -> null;
            case RunCompleted completed -> {
                System.out.println(completed.runId() + " " + completed.status() + " "
                        + completed.counts().succeeded() + "/" + completed.tasks());
                yield completed.status();
            }
        };
    }

    private static String output(TaskOutcome outcome) {
        if (outcome.output() != null) {
            return outcome.output().json();
        }
        return outcome.failure() == null ? "" : outcome.failure().reason();
    }
}
