package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.orchestrator.topology.TransactionListener;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of the stream processing: the usual ones, whose transactions are told of. */
public final class StreamsClients implements KafkaClientSupplier {

    private final List<TransactionListener> listeners;

    public StreamsClients(TransactionListener... listeners) {
        this.listeners = List.of(listeners);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new ToldProducer(config, listeners);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static final class ToldProducer extends KafkaProducer<byte[], byte[]> {

        private final List<TransactionListener> listeners;

        ToldProducer(Map<String, Object> config, List<TransactionListener> listeners) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
            this.listeners = listeners;
        }

        @Override
        public void commitTransaction() {
            super.commitTransaction();
            listeners.forEach(TransactionListener::committed);
        }

        @Override
        public void abortTransaction() {
            listeners.forEach(TransactionListener::aborted);
            super.abortTransaction();
        }
    }
}
