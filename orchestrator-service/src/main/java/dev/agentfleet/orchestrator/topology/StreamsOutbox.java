package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.BudgetRequest;
import dev.agentfleet.contract.Control;
import dev.agentfleet.contract.DeadLetter;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskAssignment;
import dev.agentfleet.contract.TaskId;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.partition.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends messages through the stream task's transaction. */
final class StreamsOutbox implements Outbox {

    private final ProcessorContext<byte[], byte[]> context;
    private final ChosenPartition chosen;
    private final Consumer<RunCompleted> completing;
    private final Telemetry telemetry;
    private final UnreadableRecords unreadable;
    private @Nullable Answered answered;

    StreamsOutbox(
            ProcessorContext<byte[], byte[]> context,
            ChosenPartition chosen,
            Consumer<RunCompleted> completing,
            Telemetry telemetry) {
        this.context = context;
        this.chosen = chosen;
        this.completing = completing;
        this.telemetry = telemetry;
        this.unreadable = new UnreadableRecords(context, Sinks.DEAD_LETTERS, telemetry.unreadable());
    }

    /** A report that is being handled, and its headers. */
    private record Answered(TaskId task, org.apache.kafka.common.header.Headers headers) {}

    /** What is sent until {@link #answered} may answer this report. */
    void answering(TaskId task, Record<byte[], byte[]> report) {
        answered = new Answered(task, report.headers());
    }

    void answered() {
        answered = null;
    }

    private org.apache.kafka.common.header.@Nullable Headers reportHeaders(TaskId task) {
        Answered report = answered;
        return report != null && task.equals(report.task()) ? report.headers() : null;
    }

    @Override
    public void assign(String pool, @Nullable Integer partition, TaskAssignment assignment, @Nullable String trace) {
        String task = assignment.taskId().toString();
        RecordHeaders headers = new RecordHeaders();
        header(headers, Headers.RUN_ID, assignment.taskId().runId().value());
        header(headers, Headers.TASK_ID, task);
        header(headers, Headers.ATTEMPT, Integer.toString(assignment.attempt()));
        header(headers, Headers.AGENT, assignment.agent());
        telemetry.traces().dispatched(trace, assignment, pool, headers);
        TransitionLog.dispatched(assignment, pool, context.recordMetadata());
        chosen.during(partition, () -> send(Sinks.tasks(pool), task, assignment, headers));
    }

    @Override
    public void publish(RunEvent event, @Nullable String trace) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, Headers.RUN_ID, event.runId().value());
        if (event instanceof RunCompleted completed) {
            completing.accept(completed);
            telemetry.traces().completed(trace, completed, headers);
        }
        if (event instanceof TaskOutcome outcome) {
            header(headers, Headers.TASK_ID, outcome.taskId().toString());
            header(headers, Headers.ATTEMPT, Integer.toString(outcome.attempts()));
            if (outcome.workerId() != null) {
                header(headers, Headers.WORKER_ID, outcome.workerId());
            }
            telemetry.traces().settled(trace, outcome, reportHeaders(outcome.taskId()), headers);
        }
        TransitionLog.published(event, context.recordMetadata());
        send(Sinks.RUNS, event.runId().value(), event, headers);
    }

    @Override
    public void bury(DeadLetter letter) {
        RecordHeaders headers = new RecordHeaders();
        header(headers, Headers.RUN_ID, letter.runId().value());
        header(headers, Headers.TASK_ID, letter.taskId().toString());
        header(headers, Headers.ATTEMPT, Integer.toString(letter.attempts()));
        header(
                headers,
                Headers.REASON,
                letter.failure().code() + ": " + letter.failure().reason());
        send(Sinks.DEAD_LETTERS, letter.taskId().toString(), letter, headers);
    }

    @Override
    public void tell(Control control) {
        send(Sinks.CONTROL, Topics.controlKey(control), control, new RecordHeaders());
    }

    @Override
    public void tell(BudgetRequest request) {
        send(Sinks.BUDGETS, request.runId().value(), request, new RecordHeaders());
    }

    /** A record without value under the key of the cancel: compaction removes both, workers forget it. */
    @Override
    public void retractCancel(RunId id) {
        forward(Sinks.CONTROL, bytes(Topics.cancelKey(id)), null, new RecordHeaders());
    }

    /** Puts a record aside as it is, with where it came from and why. */
    void bury(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        unreadable.bury(record, source, reason);
    }

    /** Sends a request on to the home partition of its run. */
    void sendHome(RunId id, Record<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        header(headers, Headers.FORWARDED, "1");
        forward(Sinks.REQUESTS, bytes(id.value()), record.value(), headers);
    }

    private void send(String sink, String key, Message message, RecordHeaders headers) {
        forward(sink, bytes(key), Json.write(message), headers);
    }

    private void forward(String sink, byte[] key, byte @Nullable [] value, RecordHeaders headers) {
        // The topics' LogAppendTime replaces this time.
        long time = Math.max(0, context.currentStreamTimeMs());
        context.forward(new Record<>(key, value, time, headers), sink);
    }

    private static void header(RecordHeaders headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
