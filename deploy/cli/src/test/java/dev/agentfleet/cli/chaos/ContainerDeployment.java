package dev.agentfleet.cli.chaos;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.WaitResponse;
import dev.agentfleet.cli.chaos.history.Execution;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * The product's images beside Kafka in one network, with as little as a container may have: no root, no capability, nothing
 * to write to but {@code /tmp} and, for an orchestrator, its state. Where the tasks leave their traces lies on this machine,
 * in each container under the same path.
 */
final class ContainerDeployment implements Deployment {
    private static final String IMAGES = System.getProperty("fleet.images", "agent-fleet/%s:0.1.0-SNAPSHOT");
    private static final String STATE = "/var/lib/agent-fleet";
    private static final int ORCHESTRATOR_PORT = 8080;
    private static final int WORKER_PORT = 8081;
    private static final long ORCHESTRATOR_MEMORY = 1_536L << 20;
    private static final long WORKER_MEMORY = 512L << 20;
    private static final int STOP_SECONDS = 10;
    private static final Duration START = Duration.ofSeconds(90);
    /** As for the processes of the other trials: nine virtual machines that start on two processors must compile little. */
    private static final Optional<String> JVM_ARGUMENTS = Optional.ofNullable(System.getenv("FLEET_JVM_ARGS"));

    private final Path directory;
    private final int orchestrators;
    private final int workers;
    private final Map<String, String> properties;
    private final Network network = Network.newNetwork();
    private final Brokers brokers;
    private final Map<String, ContainerMember> members = new LinkedHashMap<>();
    private final List<ContainerMember> started = new ArrayList<>();
    private final Map<String, FleetApi> apis = new ConcurrentHashMap<>();
    private volatile Consumer<Death> listener = _ -> {};
    private volatile boolean closing;
    private int lastWorker;

    /** @param brokers how many */
    ContainerDeployment(ChaosOptions options, int brokers) {
        this.directory = options.directory();
        this.orchestrators = options.orchestrators();
        this.workers = options.workers();
        this.properties = options.settings();
        this.properties.put("fleet.orchestrator.replication-factor", Integer.toString(brokers));
        this.properties.put("fleet.orchestrator.auth.anonymous", "true");
        this.properties.put("fleet.agents.command.enabled", "true");
        this.properties.put("fleet.worker.sandbox.level", "none");
        this.properties.put("fleet.worker.drain-budget", "PT5S");
        this.brokers = new Brokers(brokers, network);
    }

    static String image(String service) {
        return String.format(Locale.ROOT, IMAGES, service);
    }

    @Override
    public void onDeath(Consumer<Death> listener) {
        this.listener = listener;
    }

    @Override
    public void start() throws IOException {
        shared(directory);
        shared(directory.resolve("logs"));
        brokers.start();
        for (int number = 1; number <= orchestrators; number++) {
            startOrchestrator(LocalFleet.orchestrator(number));
        }
        for (int number = 1; number <= workers; number++) {
            addWorker(Map.of());
        }
        await().atMost(START.multipliedBy(brokers.number()))
                .ignoreExceptions()
                .until(() -> api().workers().size() == workers);
    }

    @Override
    public String bootstrapServers() {
        return brokers.fromOutside();
    }

    @Override
    public FleetApi api() {
        URI address = members.values().stream()
                .filter(member -> member.role() == Role.ORCHESTRATOR && member.isAlive())
                .flatMap(member -> member.address(ORCHESTRATOR_PORT).stream())
                .findFirst()
                .orElse(URI.create("http://127.0.0.1:1"));
        return apis.computeIfAbsent(address.toString(), _ -> new FleetApi(address));
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members.values());
    }

    @Override
    public Member member(String name) {
        return container(name);
    }

    @Override
    public Member addWorker(Map<String, String> own) throws IOException {
        return addWorker(image("worker"), own);
    }

    /** The same of another image. */
    ContainerMember addWorker(String image, Map<String, String> own) throws IOException {
        String name = LocalFleet.worker(++lastWorker);
        var settings = new HashMap<>(properties);
        settings.putAll(own);
        var container = service(image, name, settings, WORKER_MEMORY, WORKER_PORT)
                .waitingFor(new NoWait())
                .withFileSystemBind(directory.toString(), directory.toString(), BindMode.READ_WRITE);
        return started(name, Role.WORKER, container);
    }

    @Override
    public void kill(String name) {
        container(name).signal("KILL");
        awaitEnd(container(name));
    }

    /** By a signal: not every engine can freeze a container. */
    @Override
    public void pause(String name) {
        container(name).signal("STOP");
    }

    @Override
    public void resume(String name) {
        container(name).signal("CONT");
    }

    @Override
    public void cutOff(String name) {
        container(name).leave(network);
    }

    @Override
    public void joinAgain(String name) {
        container(name).join(network);
    }

    @Override
    public void askToEnd(String name) {
        container(name).signal("TERM");
    }

    @Override
    public void showThreads(String name) {
        container(name).signal("QUIT");
    }

    /** A new container of the same name on the same state, as Kubernetes would start it. */
    @Override
    public void restart(String name) throws IOException {
        ContainerMember member = container(name);
        if (member.role() != Role.ORCHESTRATOR) {
            throw new ChaosException("only orchestrators are started again here, not " + name);
        }
        member.stop(STOP_SECONDS);
        startOrchestrator(name);
    }

    /** A worker wrote down its process id, which is 1 in each container. Its id begins with its host's name. */
    @Override
    public long number(Execution execution) {
        String host = execution.workerId().substring(0, execution.workerId().lastIndexOf('-'));
        return container(host).number();
    }

    @Override
    public String repeat(ChaosOptions options) {
        return "the same test with -Dtest.args=-Dchaos.seed=" + options.seed();
    }

    @Override
    public void close() {
        closing = true;
        started.forEach(member -> member.container().stop());
        brokers.stop();
        network.close();
    }

    private void startOrchestrator(String name) throws IOException {
        var settings = new HashMap<>(properties);
        if (orchestrators == 1) {
            settings.put("fleet.orchestrator.instance-id", name);
        } else {
            settings.put("fleet.orchestrator.advertised-url", "http://" + name + ":" + ORCHESTRATOR_PORT);
        }
        Path state = shared(directory.resolve("state-" + name));
        var container = service(image("orchestrator"), name, settings, ORCHESTRATOR_MEMORY, ORCHESTRATOR_PORT)
                .withFileSystemBind(state.toString(), STATE, BindMode.READ_WRITE)
                .waitingFor(Wait.forHttp("/q/health/ready")
                        .forPort(ORCHESTRATOR_PORT)
                        .withStartupTimeout(START.multipliedBy(brokers.number())));
        started(name, Role.ORCHESTRATOR, container);
    }

    private GenericContainer<?> service(
            String image, String name, Map<String, String> settings, long memory, int port) {
        var container = new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withNetworkAliases(name)
                .withExposedPorts(port)
                .withEnv("KAFKA_BOOTSTRAP_SERVERS", brokers.fromInside())
                .withLogConsumer(new LogInto(directory.resolve("logs").resolve(name + ".log")))
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(
                                create.withHostName(name).getHostConfig())
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/tmp", "mode=1777"))
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withMemory(memory));
        settings.forEach((key, value) -> container.withEnv(variable(key), value));
        JVM_ARGUMENTS.ifPresent(arguments -> container.withEnv("JAVA_TOOL_OPTIONS", arguments));
        return container;
    }

    private ContainerMember started(String name, Role role, GenericContainer<?> container) {
        container.start();
        var member = new ContainerMember(name, role, started.size() + 1, container);
        members.put(name, member);
        started.add(member);
        var _ = member.docker().waitContainerCmd(member.id()).exec(new Ended(member));
        return member;
    }

    private ContainerMember container(String name) {
        return Objects.requireNonNull(members.get(name), "no container of that name");
    }

    private static void awaitEnd(ContainerMember member) {
        member.docker().waitContainerCmd(member.id()).start().awaitStatusCode();
    }

    /** Containers write to it as a user that this machine does not know. */
    private static Path shared(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Whoever starts it waits for what it wants of it. */
    private static final class NoWait extends AbstractWaitStrategy implements WaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }

    private record LogInto(Path file) implements Consumer<OutputFrame> {
        @Override
        public void accept(OutputFrame frame) {
            if (frame.getBytes() != null) {
                try {
                    Files.write(file, frame.getBytes(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private final class Ended extends ResultCallbackTemplate<Ended, WaitResponse> {
        private final ContainerMember member;

        Ended(ContainerMember member) {
            this.member = member;
        }

        @Override
        public void onNext(WaitResponse end) {
            if (!closing) {
                listener.accept(new Death(
                        member,
                        "ended with exit code " + end.getStatusCode(),
                        directory
                                .resolve("logs")
                                .resolve(member.name() + ".log")
                                .toString()));
            }
        }
    }
}
