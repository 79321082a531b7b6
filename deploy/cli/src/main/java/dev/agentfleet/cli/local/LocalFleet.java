package dev.agentfleet.cli.local;

import dev.agentfleet.cli.agents.AgentJars;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A broker, orchestrators and workers as child processes of this one, all on the loopback interface. They end when this
 * process ends, however it does. {@link #close()} may be called from any thread at any time, and stops the workers first,
 * then the orchestrators, then the broker.
 */
public final class LocalFleet implements AutoCloseable {
    public static final String BROKER = "broker";
    /** The first one, often the only one. */
    public static final String ORCHESTRATOR = "orchestrator";

    private static final Duration STOP_BOUND = Duration.ofSeconds(10);

    private final LocalFleetOptions options;
    private final FleetListener listener;
    private final Time time;
    private final Readiness readiness;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final AtomicInteger nextWorker = new AtomicInteger(1);
    private @Nullable FleetDirectory directory;
    private @Nullable String bootstrapServers;
    private final Map<String, FleetApi> apis = new ConcurrentHashMap<>();
    private @Nullable Path workerJar;
    private volatile boolean stopping;

    public LocalFleet(LocalFleetOptions options, FleetListener listener, Time time) {
        this.options = options;
        this.listener = listener;
        this.time = time;
        this.readiness = new Readiness(time, () -> stopping);
    }

    /** Names of the orchestrators: {@code orchestrator}, {@code orchestrator-2} and so on. */
    public static String orchestrator(int number) {
        return number == 1 ? ORCHESTRATOR : ORCHESTRATOR + '-' + number;
    }

    /** Names of the workers: {@code worker-1} and so on. */
    public static String worker(int number) {
        return "worker-" + number;
    }

    /**
     * Returns when everything serves.
     *
     * @throws LocalFleetException when it cannot start; call {@link #close()} then too
     */
    public void start() throws IOException, InterruptedException {
        options.home().requireBuilt();
        AgentJars agents = options.agents() == null ? null : AgentJars.in(options.agents());
        hold();
        Ports.requireFree(options.kafkaPort(), "--kafka-port");
        Ports.requireFree(options.httpPort(), "--port");
        workerJar = agents == null ? options.home().worker() : workerWith(agents);
        broker(options.kafkaPort(), Map.of());
        Instant since = time.instant();
        var orchestrators = new ArrayList<Child>();
        while (orchestrators.size() < options.orchestrators()) {
            orchestrators.add(launchOrchestrator(orchestrators.size() + 1));
        }
        var workers = new ArrayList<Child>();
        while (workers.size() < options.workers()) {
            workers.add(launchWorker(worker(nextWorker.getAndIncrement()), Map.of(), Map.of()));
        }
        for (Child orchestrator : orchestrators) {
            ready(orchestrator);
        }
        ready(workers, since);
    }

    /** The address of the first orchestrator. */
    public URI server() {
        return api(ORCHESTRATOR).server();
    }

    /** Of the first orchestrator that runs. */
    public FleetApi api() {
        return orchestrators().stream()
                .filter(Child::isAlive)
                .map(Child::name)
                .filter(apis::containsKey)
                .findFirst()
                .map(this::api)
                .orElseGet(() -> api(ORCHESTRATOR));
    }

    /** Of the orchestrator of that name. */
    public FleetApi api(String orchestrator) {
        return Objects.requireNonNull(apis.get(orchestrator), "the fleet is not up");
    }

    public List<Child> orchestrators() {
        return children().stream()
                .filter(child -> child.role() == Role.ORCHESTRATOR)
                .toList();
    }

    public String bootstrapServers() {
        return Objects.requireNonNull(bootstrapServers, "the fleet is not up");
    }

    public Child child(String name) {
        synchronized (children) {
            return Objects.requireNonNull(children.get(name), "no child of that name");
        }
    }

    public List<Child> children() {
        synchronized (children) {
            return List.copyOf(children.values());
        }
    }

    /** Asks it to end and waits until it has; kills it when that takes too long. */
    public void stop(String name) throws InterruptedException {
        stop(name, STOP_BOUND);
    }

    /** The same; kills it when that takes longer than the bound. */
    public void stop(String name, Duration bound) throws InterruptedException {
        Child child = child(name);
        child.askToStop();
        boolean _ = child.awaitEnd(bound);
    }

    /** Sends it the signal and returns at once. */
    public void signal(String name, Signal signal) throws IOException, InterruptedException {
        child(name).signal(signal);
    }

    /** Starts one more worker, of a name that no other had, and returns without waiting until it serves. */
    public Child addWorker() throws IOException, InterruptedException {
        return addWorker(Map.of());
    }

    /** The same with properties that the other workers do not have. */
    public Child addWorker(Map<String, String> properties) throws IOException, InterruptedException {
        return addWorker(properties, Map.of());
    }

    /** The same with variables of the environment that this process does not have. */
    public Child addWorker(Map<String, String> properties, Map<String, String> environment)
            throws IOException, InterruptedException {
        Child worker = launchWorker(worker(nextWorker.getAndIncrement()), properties, environment);
        watch(worker);
        return worker;
    }

    /** kill -9; the listener hears of it. */
    public void kill(String name) throws InterruptedException {
        child(name).kill();
    }

    /** Starts it again on the same port and state, stopping it first if it runs; returns when it serves. */
    public void restart(String name) throws IOException, InterruptedException {
        restart(name, Map.of());
    }

    /** The same with variables of the environment that this process does not have. */
    public void restart(String name, Map<String, String> environment) throws IOException, InterruptedException {
        stop(name);
        Instant since = time.instant();
        switch (child(name).role()) {
            case BROKER -> broker(URI.create("tcp://" + bootstrapServers()).getPort(), environment);
            case ORCHESTRATOR ->
                ready(launchOrchestrator(name, api(name).server().getPort(), environment));
            case WORKER -> ready(List.of(launchWorker(name, Map.of(), environment)), since);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Role role : Role.values()) {
                stop(children().stream().filter(child -> child.role() == role).toList());
            }
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hold() throws IOException, InterruptedException {
        FleetDirectory held = FleetDirectory.hold(options.directory());
        directory = held;
        Leftovers.end(held.path(), time, listener::note);
        if (options.fresh()) {
            held.clear();
        }
    }

    private Path workerWith(AgentJars agents) throws IOException, InterruptedException {
        listener.note("building a worker with the agents of " + options.agents());
        var log = LogFile.fresh(directory().logs().resolve("worker-build.log"));
        return WorkerBuild.of(options.home().worker(), agents, directory().worker(), log);
    }

    private void broker(int port, Map<String, String> environment) throws IOException, InterruptedException {
        Child broker = launch(Role.BROKER, BROKER, commands().broker(port), environment);
        bootstrapServers = readiness.broker(broker);
        announce(broker, bootstrapServers);
    }

    private Child launchOrchestrator(int number) throws IOException, InterruptedException {
        int port = number == 1 ? options.httpPort() : 0;
        return launchOrchestrator(
                orchestrator(number), options.orchestrators() == 1 ? port : Ports.orFree(port), Map.of());
    }

    private Child launchOrchestrator(String name, int port, Map<String, String> environment)
            throws IOException, InterruptedException {
        return launch(Role.ORCHESTRATOR, name, commands().orchestrator(name, bootstrapServers(), port), environment);
    }

    private Child launchWorker(String name, Map<String, String> properties, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path jar = Objects.requireNonNull(workerJar);
        return launch(Role.WORKER, name, commands().worker(jar, bootstrapServers(), properties), environment);
    }

    private void ready(Child orchestrator) throws IOException, InterruptedException {
        FleetApi api = readiness.orchestrator(orchestrator);
        apis.put(orchestrator.name(), api);
        announce(orchestrator, api.server().toString());
    }

    private void ready(List<Child> workers, Instant since) throws IOException, InterruptedException {
        if (workers.isEmpty()) {
            return;
        }
        long alive = children().stream()
                .filter(child -> child.role() == Role.WORKER && child.isAlive())
                .count();
        for (Child worker : workers) {
            String address = readiness.address(worker);
            readiness.workers(api(), worker, alive, since);
            announce(worker, address);
        }
    }

    private void announce(Child child, String where) throws IOException {
        saveState();
        listener.ready(child, where);
        watch(child);
    }

    private void watch(Child child) {
        child.onDeath(dead -> {
            // A signal to the whole process group reaches the children too; that is no news then.
            if (!stopping) {
                listener.died(dead);
            }
        });
    }

    private ChildCommands commands() {
        return new ChildCommands(options, directory());
    }

    private FleetDirectory directory() {
        return Objects.requireNonNull(directory, "the fleet was not started");
    }

    private Child launch(Role role, String name, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        synchronized (children) {
            if (stopping) {
                throw new InterruptedException("the fleet is being stopped");
            }
            var log = LogFile.fresh(directory().logs().resolve(name + ".log"));
            Child child =
                    Child.start(role, name, command, environment, directory().path(), log);
            children.put(name, child);
            saveState();
            return child;
        }
    }

    private void saveState() throws IOException {
        var members = children().stream()
                .map(child -> FleetState.Member.of(child.name(), child.handle()))
                .toList();
        FleetApi api = apis.get(ORCHESTRATOR);
        URI server = api == null ? null : api.server();
        new FleetState(ProcessHandle.current().pid(), server, bootstrapServers, members)
                .write(directory().path());
    }

    private void stop(List<Child> some) throws InterruptedException {
        var running = some.stream().filter(Child::isAlive).toList();
        running.forEach(Child::askToStop);
        for (Child child : running) {
            listener.stopped(child, child.awaitEnd(STOP_BOUND));
        }
    }

    private void release() throws IOException {
        FleetDirectory held = directory;
        directory = null;
        if (held != null) {
            FleetState.delete(held.path());
            held.close();
        }
    }
}
