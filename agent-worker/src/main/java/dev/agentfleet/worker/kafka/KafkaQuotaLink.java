package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.PermitsGranted;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.quota.QuotaTransport;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The way to the owner of the quotas. */
public final class KafkaQuotaLink implements QuotaTransport, AutoCloseable {

    /** Another ask follows. */
    private static final Duration DELIVERY = Duration.ofSeconds(10);

    private final OwnerLink<PermitsGranted> link;

    public KafkaQuotaLink(Map<String, Object> kafka, Topics topics, String workerId) {
        this.link = new OwnerLink<>(kafka, topics, workerId, PermitsGranted.class, DELIVERY);
    }

    @Override
    public void open(Consumer<PermitsGranted> onGranted) throws InterruptedException {
        link.open(onGranted);
    }

    @Override
    public void send(QuotaRequest request) {
        link.send(request.lane().toString(), request);
    }

    @Override
    public void close() {
        link.close();
    }
}
