package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.worker.runtime.CancelledRuns;
import dev.agentfleet.worker.runtime.LiveAttempts;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries out what the control topic says. */
@Singleton
final class ControlMessages {

    private static final Logger LOG = Logger.getLogger(ControlMessages.class);

    private final CancelledRuns cancelled;
    private final LiveAttempts live;
    private final WorkerIdentity identity;

    ControlMessages(CancelledRuns cancelled, LiveAttempts live, WorkerIdentity identity) {
        this.cancelled = cancelled;
        this.live = live;
        this.identity = identity;
    }

    /** A record that means nothing here is passed over: control is for many workers of many versions. */
    void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                retract(record.key());
                return;
            }
            apply(Json.read(record.value(), Control.class));
        } catch (UnreadableMessageException e) {
            LOG.warnf(
                    "topic=%s partition=%d offset=%d unreadable control message passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void retract(byte @Nullable [] key) {
        if (key != null) {
            Topics.cancelledRun(new String(key, StandardCharsets.UTF_8)).ifPresent(cancelled::remove);
        }
    }

    private void apply(Control control) {
        switch (control) {
            case CancelRun(var runId, var revision, var _)
            when runId != null -> {
                // Recorded first: an attempt that starts between the two looks here once more.
                int upTo = revision == null ? Integer.MAX_VALUE : revision;
                cancelled.add(runId, upTo);
                live.cancelRun(runId, upTo);
            }
            case CancelRun _ -> LOG.warn("A CancelRun without runId was passed over");
            case StopAttempt(var taskId, var attempt, var workerId, var _)
            when workerId.equals(identity.workerId()) -> live.cancelAttempt(taskId, attempt);
            case StopAttempt _ -> {}
        }
    }
}
