package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.FleetListener;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.Role;
import dev.agentfleet.cli.local.Signal;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The fleet under test: real processes, which faults pause, end and start. For one thread, but for {@link #close()}. */
final class Cluster implements AutoCloseable {
    private static final Duration DRAIN_BOUND = Duration.ofSeconds(30);
    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration THREAD_DUMP = Duration.ofSeconds(1);
    private static final Pattern SERVES = Pattern.compile("(Listening on)");
    private static final Duration CHECK = Duration.ofMillis(200);
    /** What a process that was killed ends with. */
    private static final int SIGKILL_EXIT = 137;

    private final LocalFleet fleet;
    private final int workers;
    private final Time time;
    private final Set<Long> condemned = ConcurrentHashMap.newKeySet();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final List<Drained> drained = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();

    Cluster(ChaosOptions options, FleetHome home, Time time, Consumer<String> say) {
        this.workers = options.workers();
        this.time = time;
        this.fleet = new LocalFleet(options.fleet(home), new Deaths(say), time);
    }

    void start() throws IOException, InterruptedException {
        fleet.start();
    }

    String bootstrapServers() {
        return fleet.bootstrapServers();
    }

    FleetApi api() {
        return fleet.api();
    }

    /** Names of the workers that run, paused ones too, oldest first. */
    List<String> workers() {
        return fleet.children().stream()
                .filter(child -> child.role() == Role.WORKER && child.isAlive())
                .map(Child::name)
                .toList();
    }

    /** One of the orchestrators that run, each of which owns its share of the runs. */
    String anyOrchestrator(Random dice) {
        List<String> running = fleet.orchestrators().stream()
                .filter(Child::isAlive)
                .map(Child::name)
                .toList();
        return running.isEmpty() ? LocalFleet.ORCHESTRATOR : running.get(dice.nextInt(running.size()));
    }

    /** kill -9 of all orchestrators at once; returns when they serve again. */
    void rebuildState() throws IOException, InterruptedException {
        for (Child orchestrator : fleet.orchestrators()) {
            kill(orchestrator.name());
        }
        startOrchestrators();
    }

    private void startOrchestrators() throws IOException, InterruptedException {
        for (Child orchestrator : fleet.orchestrators()) {
            startAgain(orchestrator.name());
        }
    }

    String anyWorker(Random dice) throws IOException, InterruptedException {
        List<String> running = workers();
        return running.isEmpty() ? addWorker() : running.get(dice.nextInt(running.size()));
    }

    String addWorker() throws IOException, InterruptedException {
        return fleet.addWorker().name();
    }

    /** Starts a worker of so many slots that ends itself at the failpoint, and claims what runs longer than that. */
    String addDoomedWorker(String failpoint, int slots, Duration claimAfter) throws IOException, InterruptedException {
        Child worker = fleet.addWorker(Map.of(
                "fleet.worker.failpoint",
                failpoint,
                "fleet.worker.slots",
                Integer.toString(slots),
                "fleet.worker.claim-after",
                claimAfter.toString()));
        condemned.add(worker.pid());
        hit.add(worker.pid());
        return worker.name();
    }

    long pid(String name) {
        return fleet.child(name).pid();
    }

    /** Waits for the end that a worker comes to by itself; false when that takes longer than the bound. */
    boolean awaitEnd(String name, Duration bound) throws InterruptedException {
        Child child = fleet.child(name);
        Instant until = time.instant().plus(bound);
        while (child.isAlive() && time.instant().isBefore(until)) {
            time.sleep(CHECK);
        }
        return !child.isAlive();
    }

    /** kill -9. */
    void kill(String name) throws InterruptedException {
        hit(name);
        condemned.add(fleet.child(name).pid());
        paused.remove(name);
        fleet.kill(name);
    }

    void pause(String name) throws IOException, InterruptedException {
        hit(name);
        paused.add(name);
        fleet.signal(name, Signal.PAUSE);
    }

    void resume(String name) throws IOException, InterruptedException {
        paused.remove(name);
        if (fleet.child(name).isAlive()) {
            fleet.signal(name, Signal.CONTINUE);
        }
    }

    /** SIGTERM, without waiting. */
    void askToEnd(String name) throws IOException, InterruptedException {
        Child child = fleet.child(name);
        condemned.add(child.pid());
        if (child.role() == Role.BROKER) {
            hit(name);
        }
        if (child.isAlive()) {
            fleet.signal(name, Signal.TERMINATE);
        }
    }

    /** SIGTERM, and waits until it has ended; SIGKILL when that takes too long. */
    void drain(String name) throws IOException, InterruptedException {
        Child child = fleet.child(name);
        Instant at = time.instant();
        boolean starting = child.find(SERVES).isEmpty();
        stop(name);
        drained.add(
                new Drained(name, child.pid(), starting, child.exitCode().orElse(SIGKILL_EXIT), at, time.instant()));
    }

    /** Starts broker or orchestrator if it has ended; returns when it serves. */
    void startAgain(String name) throws IOException, InterruptedException {
        if (!fleet.child(name).isAlive()) {
            fleet.restart(name);
        }
    }

    /** The same, ending it first in its own time if it runs. */
    void restart(String name) throws IOException, InterruptedException {
        fleet.restart(name);
    }

    /** The same for any process; one that does not end leaves in its log what its threads were doing. */
    void stop(String name) throws IOException, InterruptedException {
        askToEnd(name);
        Child child = fleet.child(name);
        // A signal that comes during the start is obeyed when the start is over.
        Duration bound = child.find(SERVES).isEmpty() ? START_BOUND.plus(DRAIN_BOUND) : DRAIN_BOUND;
        if (!awaitEnd(name, bound)) {
            fleet.signal(name, Signal.SHOW_THREADS);
            time.sleep(THREAD_DUMP);
            kill(name);
        }
    }

    /** Everyone runs, as many workers as there should be, and the orchestrator has heard of them all. */
    void mend() throws IOException, InterruptedException {
        for (String name : List.copyOf(paused)) {
            resume(name);
        }
        startAgain(LocalFleet.BROKER);
        startOrchestrators();
        while (workers().size() > workers) {
            drain(workers().getLast());
        }
        while (workers().size() < workers) {
            addWorker();
        }
    }

    /** Whether the orchestrator has heard from all workers since. */
    boolean hasHeardOfAll(Instant since) throws InterruptedException {
        try {
            return api().workers().stream()
                            .filter(worker -> worker.lastHeard().isAfter(since)
                                    && !worker.heartbeat().draining())
                            .count()
                    >= workers;
        } catch (UnreachableException | ProblemException e) {
            return false;
        }
    }

    /** Waits until the orchestrator has heard from all workers, or for so long. */
    void awaitWorkers(Duration bound) throws InterruptedException {
        Instant since = time.instant();
        Instant until = since.plus(bound);
        while (!hasHeardOfAll(since) && time.instant().isBefore(until)) {
            time.sleep(CHECK);
        }
    }

    /** Process ids of the workers that were killed or stalled, or whose broker was, since this was last asked. */
    Set<Long> takeHit() {
        Set<Long> taken = Set.copyOf(hit);
        hit.clear();
        return taken;
    }

    private void hit(String name) {
        if (fleet.child(name).role() == Role.BROKER) {
            workers().forEach(worker -> hit.add(pid(worker)));
        } else {
            hit.add(pid(name));
        }
    }

    /** Processes that ended though nobody here had ended them. */
    List<String> deaths() {
        return List.copyOf(deaths);
    }

    List<Drained> drained() {
        return List.copyOf(drained);
    }

    @Override
    public void close() {
        for (String name : List.copyOf(paused)) {
            try {
                resume(name);
            } catch (IOException e) {
                // It will be killed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        fleet.close();
    }

    /** Tells deaths that were wanted from others. */
    private final class Deaths implements FleetListener {
        private final Consumer<String> say;

        Deaths(Consumer<String> say) {
            this.say = say;
        }

        @Override
        public void ready(Child child, String where) {}

        @Override
        public void died(Child child) {
            if (!condemned.contains(child.pid())) {
                deaths.add(child.name() + ' ' + child.ending());
                say.accept("! " + child.name() + ' ' + child.ending() + ", and nobody ended it: " + child.log());
            }
        }

        @Override
        public void stopped(Child child, boolean byItself) {}

        @Override
        public void note(String text) {
            say.accept(text);
        }
    }
}
