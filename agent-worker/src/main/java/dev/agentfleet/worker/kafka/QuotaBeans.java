package dev.agentfleet.worker.kafka;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.worker.execution.Ticker;
import dev.agentfleet.worker.quota.FleetQuota;
import dev.agentfleet.worker.quota.QuotaFigures;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Joins the worker's quotas to Kafka. */
final class QuotaBeans {

    @Produces
    @Singleton
    KafkaQuotaLink link(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, Topics topics, WorkerIdentity identity) {
        return new KafkaQuotaLink(kafka, topics, identity.workerId());
    }

    void close(@Disposes KafkaQuotaLink link) {
        link.close();
    }

    @Produces
    @Singleton
    FleetQuota quota(KafkaQuotaLink link, WorkerIdentity identity, Ticker ticker, MeterRegistry registry) {
        return new FleetQuota(identity.workerId(), link, ticker, new QuotaFigures(registry));
    }

    void close(@Disposes FleetQuota quota) {
        quota.close();
    }
}
