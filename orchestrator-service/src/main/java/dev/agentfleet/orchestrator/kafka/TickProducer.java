package dev.agentfleet.orchestrator.kafka;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Tick;
import dev.agentfleet.orchestrator.topology.TickSender;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes ticks beside the stream processing's transactions: a tick inside one would hold back every result behind it
 * until the commit.
 */
public final class TickProducer implements TickSender {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    public TickProducer(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public void send(int partition, Tick tick) {
        byte[] key = ("tick/" + partition).getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(topic, partition, key, Json.write(tick)));
    }
}
