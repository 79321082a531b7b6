package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.chaos.history.Drained;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.Role;
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

/** The fleet under test, whose members faults pause, end, cut off and start. For one thread, but for {@link #close()}. */
final class Cluster implements AutoCloseable {
    private static final Duration DRAIN_BOUND = Duration.ofSeconds(30);
    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration THREAD_DUMP = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofMillis(200);
    /** What a process that was killed ends with. */
    private static final int SIGKILL_EXIT = 137;

    private final Deployment deployment;
    private final int workers;
    private final Time time;
    private final Set<Long> condemned = ConcurrentHashMap.newKeySet();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final List<Drained> drained = new ArrayList<>();
    private final Set<Long> hit = new HashSet<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    private final Set<String> cutOff = new HashSet<>();

    /**
     * @param workers how many there are when nothing is wrong
     * @param say told of each member that ended though nobody ended it
     */
    Cluster(Deployment deployment, int workers, Time time, Consumer<String> say) {
        this.deployment = deployment;
        this.workers = workers;
        this.time = time;
        deployment.onDeath(death -> {
            if (!condemned.contains(death.member().number())) {
                String ended = death.member().name() + ' ' + death.ending();
                deaths.add(ended);
                say.accept("! " + ended + ", and nobody ended it: " + death.where());
            }
        });
    }

    void start() throws IOException, InterruptedException {
        deployment.start();
    }

    String bootstrapServers() {
        return deployment.bootstrapServers();
    }

    FleetApi api() {
        return deployment.api();
    }

    /** Names of the workers that run, paused ones too, oldest first. */
    List<String> workers() {
        return running(Role.WORKER);
    }

    /** One of the orchestrators that run, each of which owns its share of the runs. */
    String anyOrchestrator(Random dice) {
        List<String> running = running(Role.ORCHESTRATOR);
        return running.isEmpty() ? LocalFleet.ORCHESTRATOR : running.get(dice.nextInt(running.size()));
    }

    /** kill -9 of all orchestrators at once; returns when they serve again. */
    void rebuildState() throws IOException, InterruptedException {
        for (String orchestrator : all(Role.ORCHESTRATOR)) {
            kill(orchestrator);
        }
        startAll(Role.ORCHESTRATOR);
    }

    /** One after the other: each is ended in its own time, and serves again before the next. */
    void restartOrchestrators(Consumer<String> say) throws IOException, InterruptedException {
        for (String orchestrator : all(Role.ORCHESTRATOR)) {
            say.accept(orchestrator);
            stop(orchestrator);
            startAgain(orchestrator);
        }
    }

    private void startAll(Role role) throws IOException, InterruptedException {
        for (String name : all(role)) {
            startAgain(name);
        }
    }

    private List<String> all(Role role) {
        return deployment.members().stream()
                .filter(member -> member.role() == role)
                .map(Member::name)
                .toList();
    }

    private List<String> running(Role role) {
        return deployment.members().stream()
                .filter(member -> member.role() == role && member.isAlive())
                .map(Member::name)
                .toList();
    }

    String anyWorker(Random dice) throws IOException, InterruptedException {
        List<String> running = workers();
        return running.isEmpty() ? addWorker() : running.get(dice.nextInt(running.size()));
    }

    String addWorker() throws IOException, InterruptedException {
        return deployment.addWorker(Map.of()).name();
    }

    /** Starts a worker of so many slots that ends itself at the failpoint, and claims what runs longer than that. */
    String addDoomedWorker(String failpoint, int slots, Duration claimAfter) throws IOException, InterruptedException {
        Member worker = deployment.addWorker(Map.of(
                "fleet.worker.failpoint",
                failpoint,
                "fleet.worker.slots",
                Integer.toString(slots),
                "fleet.worker.claim-after",
                claimAfter.toString()));
        condemned.add(worker.number());
        hit.add(worker.number());
        return worker.name();
    }

    long number(String name) {
        return deployment.member(name).number();
    }

    /** Waits for the end that a worker comes to by itself; false when that takes longer than the bound. */
    boolean awaitEnd(String name, Duration bound) throws InterruptedException {
        Member member = deployment.member(name);
        Instant until = time.instant().plus(bound);
        while (member.isAlive() && time.instant().isBefore(until)) {
            time.sleep(CHECK);
        }
        return !member.isAlive();
    }

    /** kill -9. */
    void kill(String name) throws InterruptedException {
        hit(name);
        condemned.add(number(name));
        paused.remove(name);
        deployment.kill(name);
    }

    void pause(String name) throws IOException, InterruptedException {
        hit(name);
        paused.add(name);
        deployment.pause(name);
    }

    void resume(String name) throws IOException, InterruptedException {
        paused.remove(name);
        if (deployment.member(name).isAlive()) {
            deployment.resume(name);
        }
    }

    void cutOff(String name) {
        hit(name);
        cutOff.add(name);
        deployment.cutOff(name);
    }

    void joinAgain(String name) {
        cutOff.remove(name);
        if (deployment.member(name).isAlive()) {
            deployment.joinAgain(name);
        }
    }

    /** SIGTERM, without waiting. */
    void askToEnd(String name) throws IOException, InterruptedException {
        Member member = deployment.member(name);
        condemned.add(member.number());
        if (member.role() == Role.BROKER) {
            hit(name);
        }
        if (member.isAlive()) {
            deployment.askToEnd(name);
        }
    }

    /** SIGTERM, and waits until it has ended; SIGKILL when that takes too long. */
    void drain(String name) throws IOException, InterruptedException {
        Member member = deployment.member(name);
        Instant at = time.instant();
        boolean starting = !member.serves();
        stop(name);
        drained.add(new Drained(
                name, member.number(), starting, member.exitCode().orElse(SIGKILL_EXIT), at, time.instant()));
    }

    /** Starts broker or orchestrator if it has ended; returns when it serves. */
    void startAgain(String name) throws IOException, InterruptedException {
        if (!deployment.member(name).isAlive()) {
            deployment.restart(name);
        }
    }

    /** The same, ending it first in its own time if it runs. */
    void restart(String name) throws IOException, InterruptedException {
        deployment.restart(name);
    }

    /** The same for any process; one that does not end leaves in its log what its threads were doing. */
    void stop(String name) throws IOException, InterruptedException {
        askToEnd(name);
        Member member = deployment.member(name);
        // A signal that comes during the start is obeyed when the start is over.
        Duration bound = member.serves() ? DRAIN_BOUND : START_BOUND.plus(DRAIN_BOUND);
        if (!awaitEnd(name, bound)) {
            deployment.showThreads(name);
            time.sleep(THREAD_DUMP);
            kill(name);
        }
    }

    /** Everyone runs, as many workers as there should be, and the orchestrator has heard of them all. */
    void mend() throws IOException, InterruptedException {
        for (String name : List.copyOf(paused)) {
            resume(name);
        }
        for (String name : List.copyOf(cutOff)) {
            joinAgain(name);
        }
        startAll(Role.BROKER);
        startAll(Role.ORCHESTRATOR);
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

    /** Numbers of the workers that were killed, stalled or cut off, or whose broker was, since this was last asked. */
    Set<Long> takeHit() {
        Set<Long> taken = Set.copyOf(hit);
        hit.clear();
        return taken;
    }

    private void hit(String name) {
        if (deployment.member(name).role() == Role.BROKER) {
            workers().forEach(worker -> hit.add(number(worker)));
        } else {
            hit.add(number(name));
        }
    }

    /** Members that ended though nobody here had ended them. */
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
        deployment.close();
    }
}
