package dev.agentfleet.orchestrator.runtime;

import dev.agentfleet.contract.Topics;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.fleet.FleetSnapshot;
import dev.agentfleet.orchestrator.fleet.Placement;
import dev.agentfleet.orchestrator.fleet.PoolWindows;
import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import dev.agentfleet.orchestrator.kafka.AfterCommit;
import dev.agentfleet.orchestrator.kafka.Completions;
import dev.agentfleet.orchestrator.kafka.ConsumerLags;
import dev.agentfleet.orchestrator.kafka.Heartbeats;
import dev.agentfleet.orchestrator.kafka.QuotaWords;
import dev.agentfleet.orchestrator.kafka.RestoreProgress;
import dev.agentfleet.orchestrator.kafka.StreamsClients;
import dev.agentfleet.orchestrator.kafka.StreamsFigures;
import dev.agentfleet.orchestrator.kafka.ThreadFailures;
import dev.agentfleet.orchestrator.kafka.TopicReader;
import dev.agentfleet.orchestrator.kafka.TopicSetup;
import dev.agentfleet.orchestrator.metric.OrchestratorMetrics;
import dev.agentfleet.orchestrator.partition.RunRetention;
import dev.agentfleet.orchestrator.query.OpenCompletions;
import dev.agentfleet.orchestrator.query.OutcomeFeeds;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.topology.CommitPace;
import dev.agentfleet.orchestrator.topology.FleetTopology;
import dev.agentfleet.orchestrator.topology.HomeSettings;
import dev.agentfleet.orchestrator.topology.ReadablePartitions;
import dev.agentfleet.orchestrator.topology.RunTraces;
import dev.agentfleet.orchestrator.topology.TickSender;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrator's life: topics, then the streams application, in the background, so that health can be asked from the
 * first moment and an absent broker is waited for. Threads of the application that fail are replaced.
 */
@ApplicationScoped
public class Orchestrator {

    private static final Logger LOG = Logger.getLogger(Orchestrator.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);
    private static final int FETCH_BYTES = 256 * 1024;
    private static final int FETCH_MILLIS = 50;
    private static final long RETRY_MILLIS = 1_000;

    private final OrchestratorConfig config;
    private final Topics topics;
    private final Map<String, Object> kafka;
    private final WorkerDirectory workers;
    private final AdmissionRules rules;
    private final TickSender ticks;
    private final OpenCompletions completions;
    private final OutcomeFeeds feeds;
    private final OrchestratorMetrics metrics;
    private final OpenTelemetry telemetry;
    private final QuotaSetup quotas;
    private final UncleanState uncleanState;
    private final ConsumerLags lags;
    private final ReadablePartitions readable = new ReadablePartitions();
    private final Placement placement;
    private final PoolWindows windows;
    private final RestoreProgress restore = new RestoreProgress();
    private final ThreadFailures failures = new ThreadFailures(System::nanoTime);
    private volatile @Nullable KafkaStreams streams;
    private final List<TopicReader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    Orchestrator(
            OrchestratorConfig config,
            Topics topics,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            WorkerDirectory workers,
            AdmissionRules rules,
            TickSender ticks,
            OpenCompletions completions,
            OutcomeFeeds feeds,
            OrchestratorMetrics metrics,
            OpenTelemetry telemetry,
            QuotaSetup quotas) {
        this.config = config;
        this.topics = topics;
        this.kafka = kafka;
        this.workers = workers;
        this.placement = new Placement(workers, InstantSource.system());
        this.windows = new PoolWindows(workers, placement, InstantSource.system());
        this.rules = rules;
        this.ticks = ticks;
        this.completions = completions;
        this.feeds = feeds;
        this.metrics = metrics;
        this.telemetry = telemetry;
        this.quotas = quotas;
        this.lags = new ConsumerLags(kafka, consumerGroups());
        this.uncleanState = new UncleanState(Path.of(config.stateDir()), StreamsProperties.applicationId(topics));
    }

    /** The running application; empty while it has not started. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** The home partitions of this process whose state can be read. */
    public ReadablePartitions readable() {
        return readable;
    }

    /** What the application says of itself. */
    public StreamsFigures figures() {
        return new StreamsFigures(this::streams);
    }

    /** The fleet as the home partition, one of this process, meets it now. */
    public FleetSnapshot fleet(int homePartition) {
        return FleetSnapshot.of(workers, windows, homePartition);
    }

    /** What is still to be read before its state is complete. */
    public RestoreProgress restore() {
        return restore;
    }

    /** Its threads that failed of late and were replaced. */
    public ThreadFailures failures() {
        return failures;
    }

    /** How long the broker has been answering this process without a gap. */
    public Duration brokerAnswersFor() {
        return lags.answeringFor();
    }

    /** Who reads the topics whose lags are watched. */
    private Map<String, String> consumerGroups() {
        Map<String, String> groups = new HashMap<>();
        groups.put(topics.requests(), StreamsProperties.applicationId(topics));
        groups.put(topics.results(), StreamsProperties.applicationId(topics));
        rules.pools().forEach(pool -> groups.put(topics.tasks(pool), topics.workersGroup(pool)));
        return groups;
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofPlatform().name("orchestrator-start").daemon().start(this::start);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
        readers.forEach(TopicReader::stop);
        lags.stop();
        KafkaStreams running = streams;
        if (running != null && running.close(CLOSE)) {
            uncleanState.markClean();
        }
        uncleanState.release();
    }

    /** Nothing that fails here may leave a process behind that looks alive. */
    private void start() {
        try {
            startParts();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.fatal("cannot start", e);
            Quarkus.asyncExit(1);
        }
    }

    private void startParts() throws InterruptedException {
        Optional<String> objection = StoreLibrary.load().or(this::prepareTopics);
        if (objection.isPresent()) {
            LOG.fatalf("cannot start: %s", objection.get());
            Quarkus.asyncExit(2);
            return;
        }
        uncleanState.hold();
        if (stopping) {
            uncleanState.release();
            return;
        }
        if (uncleanState.discardUnlessClean()) {
            LOG.info("the last stop was not clean: local state was deleted and is rebuilt from its changelogs");
        }
        Thread.ofPlatform().name("consumer-lags").daemon().start(lags);
        startReaders();
        if (!stopping) {
            startStreams();
        }
    }

    private Optional<String> prepareTopics() {
        try (Admin admin = Admin.create(kafka)) {
            TopicSetup setup = new TopicSetup(admin, config, topics);
            while (!stopping) {
                try {
                    return setup.prepare();
                } catch (ExecutionException e) {
                    LOG.warnf("waiting for Kafka: %s", String.valueOf(e.getCause()));
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void startReaders() throws InterruptedException {
        read(topics.workers(), TopicReader.Start.BEGINNING, new Heartbeats(workers));
        // A completion it missed would never become final here.
        read(topics.runs(), TopicReader.Start.END, new Completions(completions, feeds))
                .awaitPositioned();
        read(topics.control(), TopicReader.Start.BEGINNING, new QuotaWords(quotas.board()));
        read(topics.quotaGrants(), TopicReader.Start.END, new QuotaWords(quotas.board()));
    }

    private TopicReader read(String topic, TopicReader.Start start, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // A busy topic is fetched in larger parts, not commit by commit.
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        TopicReader reader = new TopicReader(
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                start,
                action);
        readers.add(reader);
        Thread.ofPlatform().name("read-" + topic).daemon().start(reader);
        return reader;
    }

    private void startStreams() {
        AfterCommit afterCommit = new AfterCommit();
        CommitPace commits = new CommitPace(config.commitInterval(), config.busyCommitInterval(), System::nanoTime);
        HomeSettings settings = new HomeSettings(
                topics,
                config.homePartitions(),
                rules,
                windows::of,
                placement::of,
                workers,
                metrics.telemetry(new RunTraces(telemetry, config.tracedTasks(), afterCommit)),
                config.lease(),
                config.grace(),
                new RunRetention(config.runRetention()),
                readable,
                ticks,
                commits,
                afterCommit,
                completed -> completions.decided(completed.runId(), completed.revision()),
                InstantSource.system());
        KafkaStreams application = new KafkaStreams(
                FleetTopology.build(settings, quotas.settings(metrics.quotas())),
                StreamsProperties.of(config, topics, kafka),
                new StreamsClients(metrics.transactions(), afterCommit, commits));
        application.setUncaughtExceptionHandler(failure -> {
            LOG.error("a stream thread failed and is replaced", failure);
            metrics.threadReplaced();
            failures.failed(failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        application.setStateListener((next, before) -> LOG.infof("streams: %s -> %s", before, next));
        application.setGlobalStateRestoreListener(restore);
        bindMetrics();
        streams = application;
        application.start();
    }

    private void bindMetrics() {
        metrics.bind(figures(), restore);
        metrics.bind(lags, topics, rules.pools());
        metrics.bind(workers, rules.pools());
    }
}
