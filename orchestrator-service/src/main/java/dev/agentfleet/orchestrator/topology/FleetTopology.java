package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.Topics;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The whole application in one stage: requests and results of a home partition go through one processor, so that one
 * thread in one transaction owns everything about its runs. Quotas and budgets are a part of their own, which shares nothing with it.
 */
public final class FleetTopology {

    private static final String PROCESSOR = "home";
    private static final String QUOTAS = "quotas";

    /** What is kept of a lane is written anew with each event: small segments are compacted early. */
    private static final Map<String, String> OFTEN_REWRITTEN =
            Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(4 * 1024 * 1024));

    private FleetTopology() {}

    public static Topology build(HomeSettings settings, QuotaSettings quotas) {
        Topics topics = settings.topics();
        Topology topology = new Topology();
        ChosenPartition chosen = new ChosenPartition();
        topology.addSource(
                "inbox", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.requests(), topics.results());
        topology.addProcessor(PROCESSOR, () -> new HomeProcessor(settings, chosen), "inbox");
        topology.addStateStore(store(StreamsRunStore.RUNS).withCachingEnabled(), PROCESSOR);
        topology.addStateStore(store(StreamsRunStore.TASKS).withCachingDisabled(), PROCESSOR);
        sink(topology, Sinks.REQUESTS, topics.requests(), new HomePartitioner());
        sink(topology, Sinks.RUNS, topics.runs(), null);
        sink(topology, Sinks.DEAD_LETTERS, topics.deadLetters(), null);
        sink(topology, Sinks.CONTROL, topics.control(), null);
        sink(topology, Sinks.BUDGETS, topics.quotaRequests(), null);
        for (String pool : settings.rules().pools()) {
            sink(topology, Sinks.tasks(pool), topics.tasks(pool), chosen);
        }
        quotas(topology, settings, quotas);
        return topology;
    }

    private static void quotas(Topology topology, HomeSettings settings, QuotaSettings quotas) {
        Topics topics = settings.topics();
        topology.addSource(
                "quota-inbox", new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.quotaRequests());
        topology.addProcessor(QUOTAS, () -> new QuotaProcessor(settings, quotas), "quota-inbox");
        topology.addStateStore(
                store(QuotaProcessor.LANES).withCachingEnabled().withLoggingEnabled(OFTEN_REWRITTEN), QUOTAS);
        topology.addStateStore(
                store(StreamsBudgetStore.BUDGETS).withCachingEnabled().withLoggingEnabled(OFTEN_REWRITTEN), QUOTAS);
        ByteArraySerializer bytes = new ByteArraySerializer();
        topology.addSink(Sinks.QUOTA_GRANTS, topics.quotaGrants(), bytes, bytes, QUOTAS);
        topology.addSink(Sinks.QUOTA_CONTROL, topics.control(), bytes, bytes, QUOTAS);
        topology.addSink(Sinks.QUOTA_DEAD_LETTERS, topics.deadLetters(), bytes, bytes, QUOTAS);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }

    private static void sink(
            Topology topology, String name, String topic, @Nullable StreamPartitioner<byte[], byte[]> partitioner) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        if (partitioner == null) {
            topology.addSink(name, topic, bytes, bytes, PROCESSOR);
        } else {
            topology.addSink(name, topic, bytes, bytes, partitioner, PROCESSOR);
        }
    }
}
