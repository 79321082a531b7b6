package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Message;
import dev.agentfleet.contract.RunRejected;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.Tick;
import dev.agentfleet.contract.UnreadableMessageException;
import dev.agentfleet.orchestrator.partition.HomePartition;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One stream task: reads the records of one home partition and hands each to it, once, with the broker's time. */
final class HomeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    /** Every punctuation makes Streams commit: so it comes seldom while only time is waited for. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final Duration WORK_EVERY = Duration.ofMillis(40);
    private static final long WORK_MILLIS = 40;
    private static final int WORK_TASKS = 200;

    private final HomeSettings settings;
    private final ChosenPartition chosen;
    private final String requestsTopic;
    private final int partitions;
    private @Nullable Wired wired;
    private @Nullable Cancellable look;
    private @Nullable Cancellable work;
    /** Broker time of the newest record; null until one was read, and then nothing is done that needs time. */
    private @Nullable Instant now;

    HomeProcessor(HomeSettings settings, ChosenPartition chosen) {
        this.settings = settings;
        this.chosen = chosen;
        this.requestsTopic = settings.topics().requests();
        this.partitions = settings.partitions();
    }

    private record Wired(
            HomePartition home,
            StreamsOutbox outbox,
            RequestReader reader,
            Ticker ticker,
            PacedCommits commits,
            ProcessorContext<byte[], byte[]> context) {}

    /** Streams calls this again after a failure: everything in memory starts anew from the stores. */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        close();
        int partition = context.taskId().partition();
        StreamsOutbox outbox = new StreamsOutbox(context, chosen, settings.completing(), settings.telemetry());
        StreamsRunStore store = new StreamsRunStore(
                context.getStateStore(StreamsRunStore.RUNS), context.getStateStore(StreamsRunStore.TASKS));
        HomePartition home = new HomePartition(settings.parts(store, outbox, partition));
        now = null;
        wired = new Wired(
                home,
                outbox,
                new RequestReader(partition, partitions),
                new Ticker(settings.ticks(), partition),
                new PacedCommits(context, settings.commits(), settings.afterCommit()),
                context);
        home.restore();
        look = context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
        paceWork(wired);
        settings.readable().begin(partition);
    }

    @Override
    public void close() {
        // Streams keeps the schedule of a task it revives.
        if (look != null) {
            look.cancel();
        }
        if (work != null) {
            work.cancel();
            work = null;
        }
        if (wired != null) {
            wired.commits().close();
            int partition = wired.context().taskId().partition();
            settings.readable().end(partition);
            wired.home().close();
            settings.telemetry().loads().load(partition, null);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Wired it = wired();
        it.commits().taken();
        RecordMetadata source = it.context().recordMetadata().orElseThrow();
        Instant time = Instant.ofEpochMilli(record.timestamp());
        now = now == null || time.isAfter(now) ? time : now;
        if (source.topic().equals(requestsTopic)) {
            request(it, record, source, now);
        } else {
            result(it, record, source, now);
        }
        paceWork(it);
        it.commits().handled();
    }

    private void request(Wired it, Record<byte[], byte[]> record, RecordMetadata source, Instant now) {
        switch (it.reader().read(record)) {
            case RequestReader.Reading.Home home -> {
                String trace = home.request() instanceof SubmitRun
                        ? settings.telemetry().traces().submitted(home.id(), record.headers())
                        : null;
                it.home().onRequest(home.id(), home.request(), record.value(), trace, now);
            }
            case RequestReader.Reading.Elsewhere elsewhere -> it.outbox().sendHome(elsewhere.id(), record);
            case RequestReader.Reading.Unreadable unreadable -> {
                it.outbox().bury(record, source, unreadable.reason());
                if (unreadable.id() != null) {
                    it.outbox().publish(new RunRejected(unreadable.id(), "unreadable", unreadable.reason()), null);
                }
            }
        }
    }

    private static void result(Wired it, Record<byte[], byte[]> record, RecordMetadata source, Instant now) {
        try {
            if (record.value() == null) {
                it.outbox().bury(record, source, "value: is missing; it must be an attempt's report");
                return;
            }
            switch (Json.read(record.value(), Message.class)) {
                case AttemptReport report -> {
                    it.outbox().answering(report.taskId(), record);
                    it.home().onReport(report, now);
                    it.outbox().answered();
                }
                case Tick tick -> {
                    if (it.ticker().isOwn(tick)) {
                        it.home().onTick(now);
                    }
                }
                case Message other ->
                    it.outbox()
                            .bury(
                                    record,
                                    source,
                                    "type: '" + other.getClass().getSimpleName() + "' is not an attempt's report");
            }
        } catch (UnreadableMessageException e) {
            it.outbox().bury(record, source, String.valueOf(e.getMessage()));
        }
    }

    private void look(long wallMillis) {
        Wired it = wired();
        settings.telemetry()
                .loads()
                .load(it.context().taskId().partition(), it.home().load());
        if (it.home().awaitsTime()) {
            it.ticker().ask(wallMillis);
        } else if (it.home().keepsRuns()) {
            it.ticker().ask(wallMillis, settings.retention().lookEvery());
        }
    }

    /** Schedules work while there is some. */
    private void paceWork(Wired it) {
        boolean needed = it.home().hasBacklog();
        if (needed && work == null) {
            work = it.context().schedule(WORK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::work);
        } else if (!needed && work != null) {
            work.cancel();
            work = null;
        }
    }

    private void work(long wallMillis) {
        Wired it = wired();
        if (now == null) {
            return;
        }
        it.commits().taken();
        long until = settings.clock().millis() + WORK_MILLIS;
        while (it.home().work(WORK_TASKS, now) && settings.clock().millis() < until) {
            // The rest of the slice, until the time box is full.
        }
        paceWork(it);
        it.commits().handled();
    }

    private Wired wired() {
        if (wired == null) {
            throw new IllegalStateException("init comes first");
        }
        return wired;
    }
}
