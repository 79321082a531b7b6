package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.ReleaseReason;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.worker.attempt.Admission;
import dev.agentfleet.worker.attempt.AttemptId;
import dev.agentfleet.worker.attempt.StopCause;
import dev.agentfleet.worker.attempt.Verdict;
import dev.agentfleet.worker.execution.BoundAgent;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes records off the channel and gives each a slot and a virtual thread. */
@Singleton
public final class AssignmentReceiver {

    private final AttemptServices services;
    private final AgentCatalog agents;
    private final CancelledRuns cancelled;
    private final BrokerClock brokerClock;
    private final Membership membership;
    private final ProcessEnd processEnd;

    AssignmentReceiver(
            AttemptServices services,
            AgentCatalog agents,
            CancelledRuns cancelled,
            BrokerClock brokerClock,
            Membership membership,
            ProcessEnd processEnd) {
        this.services = services;
        this.agents = agents;
        this.cancelled = cancelled;
        this.brokerClock = brokerClock;
        this.membership = membership;
        this.processEnd = processEnd;
    }

    /**
     * Does not block. False, and nothing done, when no slot is free for it or the worker drains: it was not acknowledged, so
     * the partition's next owner gets it, unless it comes here again.
     */
    public boolean receive(AssignmentRecord record) {
        if (!services.slots().take()) {
            return false;
        }
        Thread.ofVirtual().name("attempt").start(() -> handleOrEnd(record));
        return true;
    }

    /**
     * Returns the attempt, not started, to the orchestrator. Does not block. False, and nothing done, for a record that must be
     * handled here: it cannot be read, or another worker may have begun with it, which is to be counted; or may have it by now.
     */
    boolean giveBack(AssignmentRecord record) {
        byte[] value = record.value();
        if (value == null || record.mayHaveBegun() || !membership.isCertain()) {
            return false;
        }
        TaskAssignment assignment;
        try {
            assignment = Json.read(value, TaskAssignment.class);
        } catch (UnreadableMessageException e) {
            return false;
        }
        var verdict = new Verdict.Released(ReleaseReason.NO_SLOT);
        services.journal().refused(assignment, record.position(), verdict);
        report(services.reports().of(assignment, verdict, Duration.ZERO, null), record::acknowledge);
        return true;
    }

    /** What an agent throws does not come here; what does, such as no memory for a report, would hold its slot for ever. */
    private void handleOrEnd(AssignmentRecord record) {
        try {
            boolean waits = !membership.isCertain();
            boolean kept = membership.keeps(record);
            if (kept && !(waits && services.slots().draining())) {
                handle(record);
            } else {
                record.leave();
                services.slots().free();
            }
        } catch (Throwable thrown) {
            processEnd.now("An attempt could not be concluded", thrown);
        }
    }

    private void handle(AssignmentRecord record) {
        byte[] value = record.value();
        if (value == null) {
            refuseUnreadable(record, "the record has no value");
            return;
        }
        TaskAssignment assignment;
        try {
            assignment = Json.read(value, TaskAssignment.class);
        } catch (UnreadableMessageException e) {
            refuseUnreadable(record, String.valueOf(e.getMessage()));
            return;
        }
        BoundAgent agent = agents.find(assignment.agent());
        var facts = new Admission.Facts(cancelled.covers(assignment), agent != null, brokerClock.reached());
        switch (Admission.decide(assignment, facts)) {
            case Admission.Refuse(var verdict) -> refuse(record, assignment, verdict);
            case Admission.Start() when agent != null -> start(record, assignment, agent);
            case Admission.Start() -> throw new IllegalStateException("started without agent " + assignment.agent());
        }
    }

    private void start(AssignmentRecord record, TaskAssignment assignment, BoundAgent agent) {
        var attempt = new LiveAttempt(assignment, record, services);
        LiveAttempt same = services.live().add(attempt);
        if (same != null) {
            services.journal().joined(assignment, record.position());
            same.join(record);
            services.slots().free();
            return;
        }
        if (cancelled.covers(assignment)) {
            // The cancel came between admission and here; whoever brought it may not have seen this attempt.
            attempt.stop(StopCause.CANCEL);
        }
        if (record.mayHaveBegun()) {
            attempt.runClaimed(agent, record);
        } else {
            attempt.run(agent);
        }
    }

    private void refuse(AssignmentRecord record, TaskAssignment assignment, Verdict verdict) {
        services.journal().refused(assignment, record.position(), verdict);
        send(record, services.reports().of(assignment, verdict, Duration.ZERO, null));
    }

    private void refuseUnreadable(AssignmentRecord record, String reason) {
        AttemptId id = idFromHeaders(record);
        services.journal().unreadable(id, record.position(), reason);
        if (id == null) {
            record.putAside(Failure.shortened(reason), () -> done(record));
        } else {
            send(record, services.reports().unreadable(id, reason));
        }
    }

    private static @Nullable AttemptId idFromHeaders(AssignmentRecord record) {
        String taskId = record.header(Headers.TASK_ID);
        String attempt = record.header(Headers.ATTEMPT);
        try {
            return taskId == null || attempt == null
                    ? null
                    : new AttemptId(TaskId.parse(taskId), Integer.parseInt(attempt));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void send(AssignmentRecord record, @Nullable AttemptReport report) {
        report(report, () -> done(record));
    }

    private void report(@Nullable AttemptReport report, Runnable onDurable) {
        if (report == null) {
            onDurable.run();
        } else {
            services.reporter().report(report, onDurable);
        }
    }

    private void done(AssignmentRecord record) {
        record.acknowledge();
        services.slots().free();
    }
}
