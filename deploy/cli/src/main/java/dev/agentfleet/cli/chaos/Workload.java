package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Poison;
import dev.agentfleet.cli.chaos.poison.BadRecord;
import dev.agentfleet.cli.chaos.poison.PoisonRecords;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.Topics;
import dev.agentfleet.contract.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The work that a fleet does while faults strike: runs of every kind, one after the other, so many at a time. Its own
 * thread; the methods a fault calls come from the nemesis's.
 */
final class Workload implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(400);
    private static final int MOST_OPEN = 25;
    private static final int CHUNK = 20;
    private static final RetryPolicy RETRY =
            new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(2), null, null);
    private static final RunOptions OPTIONS = new RunOptions(null, Duration.ofMinutes(2), null, null, null, RETRY);

    private final String name;
    private final Path ledger;
    private final Random random;
    private final Time time;
    private final OperationLog log;
    private final RequestWriter writer;
    private final EndedRuns ended;
    private final AtomicInteger runs = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param name that its runs begin with
     * @param ledger where tasks leave their traces
     */
    Workload(String name, Path ledger, long seed, KafkaClients kafka, OperationLog log, Time time) {
        this.name = name;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.time = time;
        this.log = log;
        this.writer = new RequestWriter(kafka, log);
        this.ended = new EndedRuns(kafka);
        this.thread = Thread.ofPlatform().name("workload").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Submits nothing more; returns when it has been told what became of all it sent. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
        writer.flush();
    }

    /** Runs whose submission was acknowledged, and which have not ended. */
    Set<RunId> unended() {
        return log.submitted().stream().filter(run -> !ended.hasCompleted(run)).collect(Collectors.toSet());
    }

    /** Submits one run many times at once, with the same content, and with other content between. */
    void submitRepeatedly(Random dice) {
        RunId run = nextId("repeated");
        SubmitRun same = submission(run, WorkKind.TRACE, dice);
        SubmitRun other = submission(run, WorkKind.ECHO, dice);
        int times = 2 + dice.nextInt(99);
        for (int i = 0; i < times; i++) {
            writer.send(i > 0 && dice.nextInt(4) == 0 ? other : same);
        }
    }

    /** Cancels runs before they are submitted, during their work, after it, twice; and one that nobody knows. */
    void cancelEverywhere(Random dice) throws InterruptedException {
        RunId before = nextId("cancelled-before");
        writer.sendUntilAcknowledged(CancelRun.of(before, "before it begins"));
        writer.send(submission(before, WorkKind.TRACE, dice));
        RunId during = nextId("cancelled-during");
        writer.send(SubmitRun.batch(during, List.of(WorkKind.sleep(Duration.ofMinutes(1)), traced(dice)), OPTIONS));
        RunId after = nextId("cancelled-after");
        writer.send(submission(after, WorkKind.TRACE, dice));
        time.sleep(Duration.ofSeconds(2));
        writer.send(CancelRun.of(during, "in the middle"));
        writer.send(CancelRun.of(during, "and again"));
        if (ended.hasCompleted(after)) {
            writer.send(CancelRun.of(after, "too late"));
        }
        writer.send(CancelRun.of(nextId("cancelled-unknown"), "of nothing"));
    }

    /** Submits runs whose every task fails. */
    void fail(Random dice) {
        for (int i = 0; i < 5; i++) {
            writer.send(submission(nextId("failing"), WorkKind.FAILING, dice));
        }
    }

    /** Submits tasks that take seconds, enough to fill slots. */
    void submitLong(Random dice) {
        for (int i = 0; i < 4; i++) {
            writer.send(submission(nextId("long"), WorkKind.LONG_TRACE, dice));
        }
    }

    /** Writes the catalogue of poison and so many mutations. */
    void poison(long seed, int mutations) {
        var records = new PoisonRecords(seed, Topics.DEFAULT);
        records.catalogue().forEach(writer::sendPoison);
        records.mutations(mutations).forEach(writer::sendPoison);
        writer.flush();
    }

    /** For after the faults, once it was stopped: that all is well again. */
    void submitOneOfEachKind() {
        for (WorkKind kind : WorkKind.values()) {
            writer.send(submission(nextId("last-" + kind.word()), kind, random));
        }
        writer.flush();
    }

    /** Ends the runs that poison began and nobody would end: some stand open. */
    void cancelPoison() {
        for (Poison record : log.poison()) {
            RunId run = submittedBy(record);
            if (run != null) {
                byte[] key = run.value().getBytes(StandardCharsets.UTF_8);
                writer.sendPoison(new BadRecord(
                        "its cancel", Topics.DEFAULT.requests(), key, Json.write(CancelRun.of(run, "over")), Map.of()));
            }
        }
        writer.flush();
    }

    private static @Nullable RunId submittedBy(Poison record) {
        byte[] value = record.value();
        if (value == null || !record.position().topic().equals(Topics.DEFAULT.requests())) {
            return null;
        }
        try {
            SubmitRun submission = Json.read(value, SubmitRun.class);
            byte[] key = record.key();
            return key == null ? submission.runId() : new RunId(new String(key, StandardCharsets.UTF_8));
        } catch (UnreadableMessageException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
        ended.close();
        writer.close();
    }

    private void work() {
        try {
            while (!stopping) {
                one();
                do {
                    time.sleep(PACE);
                } while (!stopping && unended().size() > MOST_OPEN);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void one() throws InterruptedException {
        WorkKind kind = WorkKind.values()[random.nextInt(WorkKind.values().length)];
        if (random.nextInt(5) == 0) {
            inChunks(nextId(kind.word() + "-open"), kind);
        } else {
            writer.send(submission(nextId(kind.word()), kind, random));
        }
    }

    /** Sent part by part: a part that overtakes the one before may be rejected. */
    private void inChunks(RunId run, WorkKind kind) throws InterruptedException {
        List<TaskSpec> tasks = kind.tasks(ledger, random);
        writer.sendUntilAcknowledged(new SubmitRun(run, null, null, null, null, OPTIONS, true));
        int chunks = 0;
        for (int from = 0; from < tasks.size(); from += CHUNK) {
            chunks++;
            writer.sendUntilAcknowledged(
                    new AppendTasks(run, chunks, tasks.subList(from, Math.min(tasks.size(), from + CHUNK))));
        }
        writer.sendUntilAcknowledged(new SealRun(run, chunks, tasks.size(), null));
    }

    private SubmitRun submission(RunId run, WorkKind kind, Random dice) {
        return SubmitRun.batch(run, kind.tasks(ledger, dice), OPTIONS);
    }

    private TaskSpec traced(Random dice) {
        return WorkKind.LONG_TRACE.task(ledger, dice);
    }

    private RunId nextId(String kind) {
        return new RunId(name + '-' + runs.incrementAndGet() + '-' + kind);
    }
}
