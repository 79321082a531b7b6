package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.contract.WorkerHeartbeat;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the worker directory up to date from the records of the workers topic. */
public record Heartbeats(WorkerDirectory directory) implements Consumer<ConsumerRecord<byte[], byte[]>> {

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        if (record.value() == null) {
            if (record.key() != null) {
                directory.left(new String(record.key(), StandardCharsets.UTF_8), at);
            }
            return;
        }
        try {
            directory.heard(Json.read(record.value(), WorkerHeartbeat.class), at);
        } catch (UnreadableMessageException e) {
            // A heartbeat that cannot be read says nothing: its worker is as silent as before.
        }
    }
}
