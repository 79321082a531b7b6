package dev.agentfleet.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.fleet.AuthorsProject;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.containers.startupcheck.IndefiniteWaitOneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/** What the images are, and what a container of one takes to its first task and to its end. */
@Tag("long")
@Tag("tool:docker")
class ImagesIT {
    private static final Path HOME =
            Path.of(System.getProperty("fleet.home", "../..")).toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MEGABYTE = 1_000_000;
    private static final ChaosOptions OPTIONS = new ChaosOptions(
            0,
            Duration.ZERO,
            List.of(),
            1,
            0,
            PATIENCE,
            Duration.ZERO,
            0,
            Path.of("target", "chaos", "images"),
            Map.of());

    private static @Nullable ContainerDeployment deployment;

    @TempDir
    private static @Nullable Path temporary;

    @BeforeAll
    static void start() throws Exception {
        deployment = new ContainerDeployment(OPTIONS, 1);
        deployment.start();
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator", "worker"})
    void runsJavaWithoutAShellAndWithoutRoot(String service) {
        InspectImageResponse image =
                docker().inspectImageCmd(ContainerDeployment.image(service)).exec();
        ContainerConfig config = Objects.requireNonNull(image.getConfig());

        assertThat(config.getUser()).isEqualTo("10001:0");
        assertThat(config.getEntrypoint()).startsWith("java").endsWith("-jar", "quarkus-run.jar");
        System.out.println(service + " image: " + image.getSize() / MEGABYTE + " MB");
    }

    @Test
    void aWorkerDoesItsFirstTaskAndEndsWhenAsked() throws Exception {
        ContainerDeployment fleet = fleet();
        RunId run = new RunId("first-task");
        fleet.api().submit(SubmitRun.single(run, "echo", new Payload("1")));
        Instant starting = Instant.now();

        Member worker = fleet.addWorker(Map.of());
        awaitSuccess(run);

        System.out.println("cold start of a worker to its first outcome: "
                + Duration.between(starting, Instant.now()).toMillis() + " ms");
        fleet.askToEnd(worker.name());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(worker.exitCode()).hasValue(0));
    }

    @Test
    void anOrchestratorThatCannotLoadItsStoresSaysSoAndEnds() {
        var log = new ToStringConsumer();
        try (var container = new GenericContainer<>(DockerImageName.parse(ContainerDeployment.image("orchestrator")))
                .withCreateContainerCmdModifier(
                        create -> Objects.requireNonNull(create.withEntrypoint("java", "-jar", "quarkus-run.jar")
                                        .getHostConfig())
                                .withReadonlyRootfs(true)
                                .withTmpFs(Map.of("/tmp", "noexec")))
                .withEnv("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .withEnv("FLEET_ORCHESTRATOR_AUTH_ANONYMOUS", "true")
                .withLogConsumer(log)
                .withStartupCheckStrategy(new IndefiniteWaitOneShotStartupCheckStrategy())) {
            assertThatThrownBy(container::start).isInstanceOf(ContainerLaunchException.class);

            assertThat(log.toUtf8String())
                    .contains("cannot start: the native library of the stores cannot be loaded", "noexec");
        }
    }

    @Test
    void takesAgentsOfOtherAuthors() throws Exception {
        Path context = Files.createDirectories(temporary().resolve("context"));
        Files.copy(HOME.resolve("deploy/images/with-agents/Dockerfile"), context.resolve("Dockerfile"));
        Path agents = Files.createDirectories(context.resolve("agents"));
        Path built = AuthorsProject.copy(temporary().resolve("author")).build("-DskipTests");
        try (var jars = Files.newDirectoryStream(built, "*.jar")) {
            for (Path jar : jars) {
                Files.copy(jar, agents.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String image = "agent-fleet-test/word-count-worker:1";
        build(image, context);

        Member worker = fleet().addWorker(image, Map.of());
        RunId run = new RunId("counted");
        fleet().api().submit(SubmitRun.single(run, "word-count", new Payload("{\"text\":\"to be or not\"}")));

        awaitSuccess(run);
        fleet().kill(worker.name());
    }

    private static void build(String image, Path context) throws IOException, InterruptedException {
        Path log = context.resolveSibling("docker-build.log");
        var builder = new ProcessBuilder(
                        "docker",
                        "build",
                        "-t",
                        image,
                        "--build-arg",
                        "WORKER=" + ContainerDeployment.image("worker"),
                        context.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("DOCKER_BUILDKIT", "0");
        int code = builder.start().waitFor();
        assertThat(code).as(Files.readString(log)).isZero();
    }

    private static void awaitSuccess(RunId run) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> view(run).status() == RunStatus.SUCCEEDED);
    }

    private static RunView view(RunId run) throws InterruptedException {
        return fleet().api().run(run);
    }

    private static ContainerDeployment fleet() {
        return Objects.requireNonNull(deployment);
    }

    private static Path temporary() {
        return Objects.requireNonNull(temporary);
    }

    private static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }
}
