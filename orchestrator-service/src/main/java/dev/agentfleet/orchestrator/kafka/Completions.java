package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.query.OpenCompletions;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells from committed records of the runs topic which completions have become final. */
public record Completions(OpenCompletions open) implements Consumer<ConsumerRecord<byte[], byte[]>> {

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        // Outcomes, nearly all records here, name their task.
        if (record.headers().lastHeader(Headers.TASK_ID) != null || record.value() == null) {
            return;
        }
        try {
            if (Json.read(record.value(), RunEvent.class) instanceof RunCompleted completed) {
                open.committed(completed.runId());
            }
        } catch (UnreadableMessageException e) {
            // Not written by an orchestrator.
        }
    }
}
