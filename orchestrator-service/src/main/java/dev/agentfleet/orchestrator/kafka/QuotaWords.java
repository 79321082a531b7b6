package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.query.QuotaBoard;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the board of the quotas up to date from what their owner says on the control and the grants topic. */
public record QuotaWords(QuotaBoard board) implements Consumer<ConsumerRecord<byte[], byte[]>> {

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Instant at = Instant.ofEpochMilli(record.timestamp());
        try {
            switch (Json.read(record.value(), Message.class)) {
                case LimitLane limit -> board.limited(limit);
                case HoldLane hold -> board.held(hold, at);
                case PermitsGranted granted -> board.granted(granted, at);
                case Message other -> {
                    // Control says more than quotas.
                }
            }
        } catch (UnreadableMessageException e) {
            // It says nothing, then.
        }
    }
}
