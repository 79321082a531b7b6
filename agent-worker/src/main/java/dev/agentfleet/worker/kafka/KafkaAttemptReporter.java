package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.contract.Headers;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.runtime.AttemptReporter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Writes reports to the results topic, keyed by runId so that they reach the run's home partition. */
@Singleton
final class KafkaAttemptReporter implements AttemptReporter {

    private final OutgoingRecords outgoing;
    private final Topics topics;

    KafkaAttemptReporter(OutgoingRecords outgoing, Topics topics) {
        this.outgoing = outgoing;
        this.topics = topics;
    }

    @Override
    public void report(AttemptReport report, @Nullable String trace, Runnable onDurable) {
        switch (report) {
            // A broker may allow less than the contract does: then the task fails with that reason.
            case AttemptSucceeded success ->
                outgoing.send(record(success, trace), onDurable, () -> report(refused(success), trace, onDurable));
            default -> outgoing.send(record(report, trace), onDurable);
        }
    }

    private static AttemptFailed refused(AttemptSucceeded success) {
        var failure = Failure.permanent(
                FailureCode.OUTPUT_TOO_LARGE, "The broker's max.message.bytes is too small for this output");
        return new AttemptFailed(
                success.taskId(),
                success.attempt(),
                success.workerId(),
                failure,
                false,
                success.duration(),
                success.cost());
    }

    private ProducerRecord<byte[], byte[]> record(AttemptReport report, @Nullable String trace) {
        String runId = report.taskId().runId().value();
        byte[] key = bytes(runId);
        var headers = new RecordHeaders(new RecordHeader[] {
            new RecordHeader(Headers.RUN_ID, key),
            header(Headers.TASK_ID, report.taskId().toString()),
            header(Headers.ATTEMPT, Integer.toString(report.attempt())),
            header(Headers.WORKER_ID, report.workerId())
        });
        if (trace != null) {
            headers.add(header(Headers.TRACEPARENT, trace));
        }
        return new ProducerRecord<>(topics.results(), null, null, key, Json.write(report), headers);
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
