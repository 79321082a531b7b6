package dev.agentfleet.cli.bench;

import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.WorkerView;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.ResidentMemory;
import dev.agentfleet.cli.local.Role;
import dev.agentfleet.cli.submit.RunNames;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;

/** A fleet, and a client of its topics. */
final class BenchFleet implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int LOOKS = 600;
    /** A worker that has not been heard of for so long is no member any more. */
    private static final Duration SILENCE = Duration.ofSeconds(7);
    /** So many runs lie on every home partition, whatever their names. */
    private static final int LAST_RUNS = 200;

    private static final double NANOS = 1e9;

    /** This process. */
    static final String CLIENT = "this client";

    private final LocalFleet fleet;
    private final Time time;
    private final Producer<byte[], byte[]> producer;
    private final BatchSubmission submission;
    private final RunFollower follower;
    private final TwoHops twoHops;
    private final ProcessorTimes processorTimes;

    /** @param fleet up */
    BenchFleet(LocalFleet fleet, Time time) throws InterruptedException {
        this.fleet = fleet;
        this.time = time;
        this.processorTimes = new ProcessorTimes(this::running, ProcessMeter::cpu);
        var kafka = new KafkaSettings(fleet.bootstrapServers());
        this.producer = kafka.producer(0);
        this.submission = new BatchSubmission(producer, Topics.DEFAULT.requests());
        this.follower = new RunFollower(kafka.fromEnd(Topics.DEFAULT.runs()), time);
        this.twoHops = new TwoHops(kafka, time);
        twoHops.createTopics();
    }

    ProcessorTimes processorTimes() {
        return processorTimes;
    }

    private Map<Long, String> running() {
        Map<Long, String> names =
                fleet.children().stream().filter(Child::isAlive).collect(Collectors.toMap(Child::pid, Child::name));
        names.put(ProcessHandle.current().pid(), CLIENT);
        return names;
    }

    TwoHops twoHops() {
        return twoHops;
    }

    /** Submits a batch and waits until all of it has succeeded. */
    FollowedRun run(String agent, Payload input, int tasks) throws InterruptedException {
        return submit(agent, input, tasks).awaitSuccess();
    }

    /** Submits tasks that differ in their input, as one run, and waits until all of it has succeeded. */
    FollowedRun run(String agent, List<Payload> inputs) throws InterruptedException {
        RunId id = RunNames.fresh("bench", time.instant());
        FollowedRun run = follower.follow(id, inputs.size(), time.nanos());
        submission.batch(id, agent, inputs);
        return run.awaitSuccess();
    }

    FollowedRun submit(String agent, Payload input, int tasks) {
        FollowedRun run = followFresh(tasks);
        submission.send(run.id(), agent, input, tasks);
        return run;
    }

    /** The same as one record. */
    FollowedRun submitOne(String agent, Payload input, int tasks) {
        FollowedRun run = followFresh(tasks);
        submission.batch(run.id(), agent, input, tasks);
        return run;
    }

    private FollowedRun followFresh(int tasks) {
        return follower.follow(RunNames.fresh("bench", time.instant()), tasks, time.nanos());
    }

    /** Submits runs of one task at an even pace, however slow the answers are. */
    Latencies singles(String agent, Payload input, int runs, int perSecond) throws InterruptedException {
        String name = RunNames.fresh("bench", time.instant()).value();
        var sent = new FollowedRun[runs];
        var pace = new Pace(time, perSecond);
        pace.start();
        for (int i = 0; i < runs; i++) {
            var id = new RunId(name + '-' + i);
            sent[i] = follower.follow(id, 1, pace.due(i));
            pace.await(i);
            submission.single(id, agent, input);
        }
        var nanos = new long[runs];
        for (int i = 0; i < runs; i++) {
            nanos[i] = sent[i].awaitSuccess().nanos();
        }
        return new Latencies(nanos);
    }

    /** Submits so many batches and waits until all of them have succeeded. */
    void runs(String agent, Payload input, int runs, int tasks) throws InterruptedException {
        var followed = new ArrayList<FollowedRun>();
        for (RunId id : fresh(runs)) {
            followed.add(follower.follow(id, tasks, time.nanos()));
            submission.batch(id, agent, input, tasks);
        }
        for (FollowedRun run : followed) {
            var _ = run.awaitSuccess();
        }
    }

    /** Submits so many batches and waits until all of them are admitted. */
    void admit(String agent, Payload input, int runs, int tasks) throws InterruptedException {
        List<RunId> ids = fresh(runs);
        ids.forEach(id -> submission.batch(id, agent, input, tasks));
        for (RunId id : ids.subList(Math.max(0, runs - LAST_RUNS), runs)) {
            awaitRunning(id);
        }
    }

    private List<RunId> fresh(int runs) {
        String name = RunNames.fresh("bench", time.instant()).value();
        return IntStream.range(0, runs).mapToObj(i -> new RunId(name + '-' + i)).toList();
    }

    private void awaitRunning(RunId id) throws InterruptedException {
        await(() -> isRunning(id), "run " + id + " was not admitted");
    }

    private boolean isRunning(RunId id) throws InterruptedException {
        try {
            return fleet.api().run(id).status() == RunStatus.RUNNING;
        } catch (ProblemException e) {
            // Not known yet.
            return false;
        }
    }

    /** Ends the orchestrator, by a kill or in its own time, and returns how long the next one takes until it serves. */
    double secondsToRestart(boolean kill) throws IOException, InterruptedException {
        if (kill) {
            kill(LocalFleet.ORCHESTRATOR);
        } else {
            drain(LocalFleet.ORCHESTRATOR);
        }
        long start = time.nanos();
        fleet.restart(LocalFleet.ORCHESTRATOR);
        return (time.nanos() - start) / NANOS;
    }

    Time time() {
        return time;
    }

    /** Names of the workers that run, oldest first. */
    List<String> workers() {
        return fleet.children().stream()
                .filter(child -> child.role() == Role.WORKER && child.isAlive())
                .map(Child::name)
                .toList();
    }

    String addWorker() throws IOException, InterruptedException {
        return fleet.addWorker().name();
    }

    /** Returns when so many workers are heard of, each with a share of the partitions. */
    void awaitSharing(int workers) throws InterruptedException {
        await(() -> sharing() == workers, "there were never " + workers + " workers with partitions");
    }

    private long sharing() throws InterruptedException {
        Instant silent = time.instant().minus(SILENCE);
        return fleet.api().workers().stream()
                .filter(worker -> worker.lastHeard().isAfter(silent))
                .map(WorkerView::heartbeat)
                .filter(beat -> !beat.draining() && !beat.partitions().isEmpty())
                .count();
    }

    /** SIGTERM, and waits for the end. */
    void drain(String child) throws InterruptedException {
        processorTimes.look();
        fleet.stop(child);
    }

    /** SIGTERM, and waits for the end up to the bound; then kill -9. */
    void drain(String worker, Duration bound) throws InterruptedException {
        processorTimes.look();
        fleet.stop(worker, bound);
    }

    /** kill -9. */
    void kill(String child) throws InterruptedException {
        processorTimes.look();
        fleet.kill(child);
    }

    /** Logs of all workers there ever were, by their names. */
    Map<String, Path> workerLogs() {
        return fleet.children().stream()
                .filter(child -> child.role() == Role.WORKER)
                .collect(Collectors.toMap(Child::name, Child::log));
    }

    double orchestratorHeapMegabytes() {
        return ProcessMeter.heapMegabytes(orchestrator());
    }

    double orchestratorResidentMegabytes() throws IOException, InterruptedException {
        return ResidentMemory.megabytes(orchestrator());
    }

    private Child orchestrator() {
        return fleet.child(LocalFleet.ORCHESTRATOR);
    }

    double workerHeapMegabytes() {
        return ProcessMeter.heapMegabytes(fleet.child(LocalFleet.worker(1)));
    }

    void awaitBusySlots(int slots) throws InterruptedException {
        await(() -> busySlots() >= slots, "the worker never had " + slots + " attempts in flight");
    }

    void awaitIdle() throws InterruptedException {
        await(() -> busySlots() == 0, "the worker never was without attempts");
    }

    private int busySlots() throws InterruptedException {
        return fleet.api().workers().stream()
                .mapToInt(worker -> worker.heartbeat().busy())
                .sum();
    }

    /** Returns when every task of the run is known to be claimed. */
    void awaitClaimed(RunId id, int tasks) throws InterruptedException {
        awaitRunning(id);
        await(() -> claimed(id, tasks) == tasks, "run " + id + " never had " + tasks + " claimed tasks");
    }

    private long claimed(RunId id, int tasks) throws InterruptedException {
        return fleet.api().tasks(id, -1, tasks).items().stream()
                .filter(task -> task.state() == TaskState.RUNNING)
                .count();
    }

    /** Looked at again and again. */
    private interface Look {
        boolean holds() throws InterruptedException;
    }

    private void await(Look look, String otherwise) throws InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            if (look.holds()) {
                return;
            }
            time.sleep(LOOK);
        }
        throw new BenchException(otherwise);
    }

    void cancel(RunId id) throws InterruptedException {
        fleet.api().cancel(id, "measured");
    }

    @Override
    public void close() throws InterruptedException {
        producer.close();
        follower.close();
    }
}
