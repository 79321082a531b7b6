package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.peer.Owner;
import dev.agentfleet.orchestrator.peer.OwnerTable;
import dev.agentfleet.orchestrator.peer.Ownership;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.jspecify.annotations.Nullable;

/** Who owns what, as the members of the running application told each other at their last rebalance. */
public final class StreamsOwnership implements Ownership {

    private final Supplier<Optional<KafkaStreams>> streams;
    private final String requests;
    private final int partitions;
    private final @Nullable URI self;

    /**
     * @param requests the topic whose partitions are the home partitions
     * @param self the address this process gives the others; null: it has none
     */
    public StreamsOwnership(
            Supplier<Optional<KafkaStreams>> streams, String requests, int partitions, @Nullable URI self) {
        this.streams = streams;
        this.requests = requests;
        this.partitions = partitions;
        this.self = self;
    }

    @Override
    public Owner ownerOf(RunId id) {
        return table().of(HomePartitioner.home(id, partitions));
    }

    @Override
    public OwnerTable table() {
        Map<Integer, URI> owners = new HashMap<>();
        if (self != null) {
            for (StreamsMetadata member : members()) {
                for (TopicPartition held : member.topicPartitions()) {
                    if (held.topic().equals(requests)) {
                        owners.put(held.partition(), address(member));
                    }
                }
            }
        }
        return new OwnerTable(partitions, owners, self);
    }

    private Collection<StreamsMetadata> members() {
        Optional<KafkaStreams> running = streams.get();
        try {
            return running.isEmpty() ? List.of() : running.get().streamsMetadataForStore(StreamsRunStore.RUNS);
        } catch (IllegalStateException e) {
            // It has not started, or has ended: it knows nobody.
            return List.of();
        }
    }

    /** Members tell host and port; how they are spoken to is the same for all. */
    private URI address(StreamsMetadata member) {
        String host = member.hostInfo().host();
        String scheme = self == null ? "http" : self.getScheme();
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + member.hostInfo().port());
    }
}
