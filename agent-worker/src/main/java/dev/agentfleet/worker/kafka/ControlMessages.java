package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.StopAttempt;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.worker.quota.FleetQuota;
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
    private final FleetQuota quotas;

    ControlMessages(CancelledRuns cancelled, LiveAttempts live, WorkerIdentity identity, FleetQuota quotas) {
        this.cancelled = cancelled;
        this.live = live;
        this.identity = identity;
        this.quotas = quotas;
    }

    /**
     * A record that means nothing here is passed over: control is for many workers of many versions.
     *
     * @param old whether it was there before this worker listened
     */
    void apply(ConsumerRecord<byte[], byte[]> record, boolean old) {
        try {
            if (record.value() == null) {
                retract(record.key());
                return;
            }
            apply(Json.read(record.value(), Control.class), old);
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

    private void apply(Control control, boolean old) {
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
            case LimitLane limit -> quotas.limited(limit);
            case HoldLane hold -> {
                // The owner grants nothing of a lane that is still held.
                if (!old) {
                    quotas.held(hold);
                }
            }
        }
    }
}
