package dev.agentfleet.worker.kafka;

import dev.agentfleet.worker.runtime.AssignmentReceiver;
import dev.agentfleet.worker.runtime.ProcessEnd;
import dev.agentfleet.worker.runtime.Slots;
import dev.agentfleet.worker.runtime.Surplus;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes assignments off the incoming channel: asks for one record per free slot, and one more when {@link Surplus} does, so the
 * connector's own bounded queue is the prefetch, and its partitions are paused beyond that.
 */
@Singleton
public final class KafkaAssignmentSource {

    private final Multi<Message<ConsumerRecord<byte[], byte[]>>> channel;
    private final AssignmentReceiver receiver;
    private final Surplus surplus;
    private final Slots slots;
    private final AssignedPartitions partitions;
    private final DeadLetterBox deadLetters;
    private final ProcessEnd processEnd;

    KafkaAssignmentSource(
            @Channel(AssignmentConsumer.CHANNEL) Multi<Message<ConsumerRecord<byte[], byte[]>>> channel,
            AssignmentReceiver receiver,
            Surplus surplus,
            Slots slots,
            AssignedPartitions partitions,
            DeadLetterBox deadLetters,
            ProcessEnd processEnd) {
        this.channel = channel;
        this.receiver = receiver;
        this.surplus = surplus;
        this.slots = slots;
        this.partitions = partitions;
        this.deadLetters = deadLetters;
        this.processEnd = processEnd;
    }

    /** Joins the group and takes the first records. */
    public void start() {
        channel.subscribe(new Intake());
    }

    private final class Intake implements Subscriber<Message<ConsumerRecord<byte[], byte[]>>> {

        @Override
        public void onSubscribe(Subscription subscription) {
            surplus.onRequest(() -> subscription.request(1));
            slots.onFree(surplus::onFreeSlot);
            subscription.request(slots.total());
        }

        @Override
        public void onNext(Message<ConsumerRecord<byte[], byte[]>> message) {
            try {
                var record = new KafkaAssignmentRecord(
                        message, partitions.mayHaveBegun(message.getPayload()), partitions, deadLetters);
                if (!receiver.receive(record)) {
                    surplus.onNoSlot(record);
                }
            } catch (Throwable thrown) {
                processEnd.now("An assignment could not be taken", thrown);
            }
        }

        @Override
        public void onError(Throwable failure) {
            processEnd.now("The channel of assignments failed", failure);
        }

        /** When the connector is closed at the end. */
        @Override
        public void onComplete() {}
    }
}
