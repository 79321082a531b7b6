package dev.agentfleet.orchestrator.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.AdvertisedUrl;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.config.ScalingConfig;
import dev.agentfleet.orchestrator.config.TopicsConfig;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.kafka.DeadLetterLog;
import dev.agentfleet.orchestrator.kafka.QuotaProducer;
import dev.agentfleet.orchestrator.kafka.RequestProducer;
import dev.agentfleet.orchestrator.kafka.TickProducer;
import dev.agentfleet.orchestrator.metric.OrchestratorMetrics;
import dev.agentfleet.orchestrator.peer.Admissions;
import dev.agentfleet.orchestrator.peer.Credentials;
import dev.agentfleet.orchestrator.peer.FleetDemand;
import dev.agentfleet.orchestrator.peer.Ownership;
import dev.agentfleet.orchestrator.peer.Peers;
import dev.agentfleet.orchestrator.peer.RedrivePlans;
import dev.agentfleet.orchestrator.peer.RunList;
import dev.agentfleet.orchestrator.query.DeadLetterQueries;
import dev.agentfleet.orchestrator.query.DeadLetters;
import dev.agentfleet.orchestrator.query.OpenCompletions;
import dev.agentfleet.orchestrator.query.OutcomeFeeds;
import dev.agentfleet.orchestrator.query.QuotaBoard;
import dev.agentfleet.orchestrator.query.RedriveQueries;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunReader;
import dev.agentfleet.orchestrator.redrive.FleetRedrive;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.scaling.DesiredWorkers;
import dev.agentfleet.orchestrator.scaling.LocalDemand;
import dev.agentfleet.orchestrator.scaling.PoolScalings;
import dev.agentfleet.orchestrator.topology.HomePartitioner;
import dev.agentfleet.orchestrator.topology.StreamsOwnership;
import dev.agentfleet.orchestrator.topology.StreamsRunReader;
import dev.agentfleet.orchestrator.topology.TickSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the parts that are no beans of their own. */
final class Wiring {

    /** A stream thread sends ticks: it must not wait long for an absent broker. */
    private static final int MOST_WAIT_MILLIS = 2_000;

    private static final int MOST_REQUEST_BYTES = 2 * 1024 * 1024;

    @Produces
    @Singleton
    Topics topics(TopicsConfig config) {
        return new Topics(config.prefix());
    }

    /** REST writes JSON as the topics have it. */
    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper();
    }

    @Produces
    @Singleton
    WorkerDirectory workers(OrchestratorConfig config) {
        return new WorkerDirectory(config.lease(), InstantSource.system());
    }

    /** One idempotent producer for what does not belong to a transaction: clients' requests, and ticks. */
    @Produces
    @Singleton
    Producer<byte[], byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_REQUEST_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_WAIT_MILLIS);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void close(@Disposes Producer<byte[], byte[]> producer) {
        producer.close();
    }

    @Produces
    @Singleton
    RequestProducer requests(Producer<byte[], byte[]> producer, Topics topics) {
        return new RequestProducer(producer, topics.requests());
    }

    @Produces
    @Singleton
    QuotaProducer quotaRequests(Producer<byte[], byte[]> producer, Topics topics) {
        return new QuotaProducer(producer, topics.quotaRequests());
    }

    @Produces
    @Singleton
    QuotaBoard quotaBoard() {
        return new QuotaBoard();
    }

    @Produces
    @Singleton
    TickSender ticks(Producer<byte[], byte[]> producer, Topics topics) {
        return new TickProducer(producer, topics.results());
    }

    @Produces
    @Singleton
    AdmissionRules rules(OrchestratorConfig config) {
        return new AdmissionRules(config.pools(), config.agentPools(), config.maxTasksPerRun());
    }

    @Produces
    @Singleton
    OrchestratorMetrics metrics(MeterRegistry registry, AdmissionRules rules) {
        return new OrchestratorMetrics(registry, rules.pools(), InstantSource.system());
    }

    @Produces
    @Singleton
    OutcomeFeeds feeds() {
        return new OutcomeFeeds();
    }

    @Produces
    @Singleton
    OpenCompletions completions() {
        return new OpenCompletions();
    }

    @Produces
    @Singleton
    RunReader reader(Orchestrator orchestrator, OrchestratorConfig config) {
        return new StreamsRunReader(orchestrator::streams, orchestrator.readable(), config.homePartitions());
    }

    @Produces
    @Singleton
    RunQueries queries(
            RunReader reader,
            Orchestrator orchestrator,
            OrchestratorConfig config,
            AdmissionRules rules,
            OpenCompletions completions) {
        return new RunQueries(
                reader,
                rules,
                completions,
                run -> orchestrator.fleet(HomePartitioner.home(run, config.homePartitions())));
    }

    @Produces
    @Singleton
    RedriveQueries redrives(RunReader reader, OpenCompletions completions) {
        return new RedriveQueries(reader, completions);
    }

    @Produces
    @Singleton
    Ownership ownership(Orchestrator orchestrator, OrchestratorConfig config, Topics topics) {
        return new StreamsOwnership(
                orchestrator::streams,
                topics.requests(),
                config.homePartitions(),
                AdvertisedUrl.of(config).orElse(null));
    }

    @Produces
    @Singleton
    Peers peers(Credentials credentials) {
        return new Peers(credentials);
    }

    @Produces
    @Singleton
    RunList runList(RunQueries queries, Ownership ownership, Peers peers) {
        return new RunList(queries, ownership, peers);
    }

    @Produces
    @Singleton
    LocalDemand localDemand(OrchestratorMetrics metrics) {
        return metrics.demand();
    }

    @Produces
    @Singleton
    FleetDemand fleetDemand(LocalDemand here, Ownership ownership, Peers peers) {
        return new FleetDemand(here, ownership, peers);
    }

    @Produces
    @Singleton
    PoolScalings scalings(WorkerDirectory workers, OrchestratorConfig config, InstantSource clock) {
        ScalingConfig scaling = config.scaling();
        return new PoolScalings(
                () -> workers.alive().stream()
                        .map(WorkerDirectory.Entry::heartbeat)
                        .toList(),
                new PoolScalings.Settings(
                        new DesiredWorkers(scaling.targetBacklog(), config.taskPartitions()),
                        scaling.slotsPerWorker(),
                        scaling.attemptTime()),
                clock);
    }

    @Produces
    @Singleton
    FleetRedrive fleetRedrive(DeadLetters letters, RedriveQueries queries, Ownership ownership, Peers peers) {
        return new FleetRedrive(letters, new RedrivePlans(queries, ownership, peers)::plan);
    }

    @Produces
    @Singleton
    Admissions admissions(RunQueries queries, Ownership ownership, Peers peers) {
        return new Admissions(queries, ownership, peers);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(@Identifier("default-kafka-broker") Map<String, Object> kafka, Topics topics) {
        return new DeadLetterLog(kafka, topics.deadLetters());
    }

    @Produces
    @Singleton
    DeadLetterQueries deadLetterQueries(DeadLetters letters) {
        return new DeadLetterQueries(letters);
    }
}
