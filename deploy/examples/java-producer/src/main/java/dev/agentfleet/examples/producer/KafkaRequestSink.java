package dev.agentfleet.examples.producer;

import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.submission.RequestSink;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the requests of one run to Kafka, each under the runId and acknowledged before the next. */
final class KafkaRequestSink implements RequestSink, AutoCloseable {

    private final RunId run;
    private final KafkaProducer<String, byte[]> producer;
    private long lastTakenAt;

    KafkaRequestSink(String brokers, RunId run) {
        this.run = run;
        // The client's defaults are what is needed: acks=all, idempotent, retries until the delivery timeout.
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(Request request, byte[] value) throws InterruptedException {
        try {
            lastTakenAt = producer.send(new ProducerRecord<>(Topics.DEFAULT.requests(), run.value(), value))
                    .get()
                    .timestamp();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka did not take a request of run " + run + "; starting again with the same runId is safe",
                    e.getCause());
        }
    }

    /** Broker time of the last request. */
    long lastTakenAt() {
        return lastTakenAt;
    }

    @Override
    public void close() {
        producer.close();
    }
}
