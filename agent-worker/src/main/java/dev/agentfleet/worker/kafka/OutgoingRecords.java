package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.runtime.ProcessEnd;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/**
 * The one way out: everything this worker writes goes through one idempotent producer, so records of one key keep the
 * order they were sent in, and is retried without limit. A record the broker refuses for good ends the process, except
 * one that is too large where the sender has an answer to that.
 */
@Singleton
final class OutgoingRecords {

    private final Emitter<ProducerRecord<byte[], byte[]>> emitter;
    private final ProcessEnd processEnd;

    /** What waits is bounded by the slots, so the channel's own buffer need not be. */
    OutgoingRecords(
            @Channel("results") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<byte[], byte[]>> emitter,
            ProcessEnd processEnd) {
        this.emitter = emitter;
        this.processEnd = processEnd;
    }

    /** Does not block. {@code onDurable} is called once, on the producer's thread. */
    void send(ProducerRecord<byte[], byte[]> record, Runnable onDurable) {
        send(record, onDurable, null);
    }

    /** As above; {@code onTooLarge} is called instead of {@code onDurable} when the broker takes no record of this size. */
    void send(ProducerRecord<byte[], byte[]> record, Runnable onDurable, @Nullable Runnable onTooLarge) {
        emitter.send(Message.of(
                record, Metadata.empty(), () -> done(onDurable), reason -> refused(record, reason, onTooLarge)));
    }

    /** As above, and tells what the broker made of the record. */
    void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> onDurable) {
        var result = new OutgoingMessageMetadata<RecordMetadata>();
        emitter.send(Message.of(
                record,
                Metadata.of(result),
                () -> done(() -> onDurable.accept(result.getResult())),
                reason -> refused(record, reason, null)));
    }

    private CompletionStage<Void> done(Runnable onDurable) {
        try {
            onDurable.run();
        } catch (Throwable thrown) {
            // The channel would take it for a failed write and write again.
            processEnd.now("What follows a durable write failed", thrown);
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> refused(
            ProducerRecord<byte[], byte[]> record, Throwable reason, @Nullable Runnable onTooLarge) {
        if (reason instanceof RecordTooLargeException && onTooLarge != null) {
            onTooLarge.run();
        } else {
            processEnd.now("A record for topic=" + record.topic() + " was refused for good", reason);
        }
        return CompletableFuture.completedFuture(null);
    }
}
