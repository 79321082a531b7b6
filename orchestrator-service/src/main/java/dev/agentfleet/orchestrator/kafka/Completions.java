package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.query.OpenCompletions;
import dev.agentfleet.orchestrator.query.OutcomeFeeds;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells from committed records of the runs topic which completions have become final, and hands outcomes to those who
 * follow their run: all of a run before its completion.
 */
public record Completions(OpenCompletions open, OutcomeFeeds feeds)
        implements Consumer<ConsumerRecord<byte[], byte[]>> {

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        // Outcomes, nearly all records here, name their task.
        boolean outcome = record.headers().lastHeader(Headers.TASK_ID) != null;
        if (record.value() == null || (outcome && !isFollowed(record))) {
            return;
        }
        try {
            switch (Json.read(record.value(), RunEvent.class)) {
                case RunCompleted completed -> open.committed(completed.runId(), completed.revision());
                case TaskOutcome followed -> feeds.committed(followed);
                case RunEvent other -> {}
            }
        } catch (UnreadableMessageException e) {
            // Not written by an orchestrator.
        }
    }

    private boolean isFollowed(ConsumerRecord<byte[], byte[]> record) {
        if (feeds.isEmpty() || record.key() == null) {
            return false;
        }
        try {
            return feeds.hasAny(new RunId(new String(record.key(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
