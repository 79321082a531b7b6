package dev.agentfleet.trial.quota;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.embedded.EmbeddedKafka;
import dev.agentfleet.embedded.EmbeddedKafkaOptions;
import dev.agentfleet.orchestrator.fleet.Placement;
import dev.agentfleet.orchestrator.fleet.PoolWindows;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.kafka.AfterCommit;
import dev.agentfleet.orchestrator.kafka.StreamsClients;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.quota.QuotaRules;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.topology.CommitPace;
import dev.agentfleet.orchestrator.topology.FleetTopology;
import dev.agentfleet.orchestrator.topology.HomeSettings;
import dev.agentfleet.orchestrator.topology.QuotaListener;
import dev.agentfleet.orchestrator.topology.QuotaSettings;
import dev.agentfleet.orchestrator.topology.ReadablePartitions;
import dev.agentfleet.orchestrator.topology.Telemetry;
import dev.agentfleet.orchestrator.topology.TransactionListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** A broker, one orchestrator's topology, and as many workers as are asked for. */
final class TrialFleet implements AutoCloseable {

    private static final Topics TOPICS = Topics.DEFAULT;

    private final Path folder;
    private final QuotaSettings quotas;
    private final EmbeddedKafka broker;
    private final CallLog calls = new CallLog();
    private final List<TrialWorker> workers = new ArrayList<>();
    private @Nullable KafkaStreams owner;
    private int starts;

    TrialFleet(Path folder, QuotaRules rules, Map<Lane, QuotaLimits> lanes)
            throws ExecutionException, InterruptedException {
        this.folder = folder;
        this.quotas = new QuotaSettings(rules, lanes, QuotaListener.NONE);
        this.broker = EmbeddedKafka.start(EmbeddedKafkaOptions.in(folder.resolve("broker")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of(
                                    TOPICS.requests(),
                                    TOPICS.results(),
                                    TOPICS.runs(),
                                    TOPICS.deadLetters(),
                                    TOPICS.control(),
                                    TOPICS.tasks("default"),
                                    TOPICS.quotaRequests(),
                                    TOPICS.quotaGrants())
                            .map(name -> new NewTopic(name, 1, (short) 1)
                                    .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")))
                            .toList())
                    .all()
                    .get();
        }
        startOwner();
    }

    CallLog calls() {
        return calls;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Each start has an empty folder: it knows what Kafka knows. */
    void startOwner() {
        AfterCommit afterCommit = new AfterCommit();
        CommitPace commits = new CommitPace(Duration.ofMillis(10), Duration.ofMillis(60), System::nanoTime);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "fleet.orchestrator");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + ++starts).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 240);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 5);
        properties.put("internal.leave.group.on.close", true);
        properties.put(StreamsConfig.producerPrefix("linger.ms"), 5);
        properties.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 5_000);
        owner = new KafkaStreams(
                FleetTopology.build(homes(commits, afterCommit), quotas),
                properties,
                new StreamsClients(
                        new TransactionListener() {
                            @Override
                            public void committed() {}

                            @Override
                            public void aborted() {}
                        },
                        afterCommit,
                        commits));
        owner.start();
    }

    void stopOwner() {
        if (owner != null) {
            owner.close(Duration.ofSeconds(10));
        }
    }

    private static HomeSettings homes(CommitPace commits, AfterCommit afterCommit) {
        InstantSource clock = InstantSource.system();
        WorkerDirectory directory = new WorkerDirectory(Duration.ofSeconds(15), clock);
        Placement placement = new Placement(directory, clock);
        return new HomeSettings(
                TOPICS,
                1,
                new AdmissionRules(Set.of("default"), Map.of(), 1_000),
                new PoolWindows(directory, placement, clock)::of,
                placement::of,
                directory,
                Telemetry.NONE,
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                new RunRetention(Duration.ofDays(7)),
                new ReadablePartitions(),
                (partition, tick) -> {},
                commits,
                afterCommit,
                completed -> {},
                clock);
    }

    TrialWorker worker(String name, Lane lane, int callers) throws InterruptedException {
        return worker(new TrialWorker(broker.bootstrapServers(), name, lane, calls, true), callers);
    }

    /** One whose permits do not expire while it is paused. */
    TrialWorker forgetful(String name, Lane lane, int callers) throws InterruptedException {
        return worker(new TrialWorker(broker.bootstrapServers(), name, lane, calls, false), callers);
    }

    private TrialWorker worker(TrialWorker worker, int callers) throws InterruptedException {
        workers.add(worker);
        worker.start(callers);
        return worker;
    }

    void ask(QuotaRequest request) throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] key = request.lane().toString().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TOPICS.quotaRequests(), key, Json.write(request)))
                    .get();
        }
    }

    @Override
    public void close() {
        workers.forEach(TrialWorker::kill);
        stopOwner();
        broker.close();
    }
}
