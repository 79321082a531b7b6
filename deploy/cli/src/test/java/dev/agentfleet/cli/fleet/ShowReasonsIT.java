package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.Screen;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.client.WaitsFor;
import dev.agentfleet.cli.command.ShowCommand;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.StartAfter;
import dev.agentfleet.contract.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code show} names why real tasks wait. One worker with two slots serves the pool {@code default}, none the pool
 * {@code gpu}. In order: what needs a free slot comes before what takes them all.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShowReasonsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunOptions PLAIN = RunOptions.DEFAULTS;
    private static final TaskSpec ECHO = TaskSpec.of("echo", Payload.NULL);
    private static final TaskSpec LONG = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT5M\"}"));
    private static final TaskSpec GPU = new TaskSpec("echo", null, "gpu", null);

    /** Tasks that a home partition sends to a pool of two slots, or of none. */
    private static final int WINDOW = 16;

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

    @BeforeAll
    static void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(FleetHome.current(), Objects.requireNonNull(directory))
                .withWorkers(1)
                .withSlots(2)
                .withProperties(Map.of("fleet.orchestrator.pools", "default,gpu")));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    @Order(1)
    void aHeldRunAndItsStart() throws Exception {
        RunId id = fleet().submit(List.of(ECHO), PLAIN.startingAfter(StartAfter.parse("PT1H")));

        WaitsFor held = await(id, 0, "HELD");

        assertThat(held.until()).isEqualTo(fleet().view(id).heldUntil());
        assertThat(show(id)).contains("0  WAITING  echo  not dispatched yet: the run starts at " + held.until());
    }

    @Test
    @Order(1)
    void aPoolWithoutWorkerAndTheOrderOfTheRun() throws Exception {
        List<TaskSpec> tasks = new ArrayList<>(Collections.nCopies(WINDOW + 1, GPU));
        tasks.add(ECHO);
        RunId id = fleet().submit(tasks, PLAIN);

        await(id, WINDOW + 1, "ORDER");

        assertThat(show(id))
                .contains("0  DISPATCHED  echo  dispatched, not started: no worker serves pool 'gpu'")
                .contains("next      task 16 not dispatched yet: no worker serves pool 'gpu'")
                .contains("17  WAITING  echo  not dispatched yet: the run's tasks are sent in order;"
                        + " task 16 for pool 'gpu' goes first: no worker serves pool 'gpu'");
        assertThat(show(id, "17")).contains("task 16 for pool 'gpu' goes first");
    }

    @Test
    @Order(1)
    void aFailureAndTheTimeOfTheNextAttempt() throws Exception {
        RetryPolicy slow = new RetryPolicy(3, Duration.ofMinutes(10), Duration.ofMinutes(10), null, null);
        RunId id = fleet().submit(List.of(Shell.task("exit 7")), new RunOptions(null, null, null, null, null, slow));

        WaitsFor retry = await(id, 0, "RETRY");

        assertThat(retry.until()).isEqualTo(task(id, 0).retryAt());
        assertThat(show(id, "0")).contains("next attempt at " + retry.until() + ", after EXIT_7: ");
    }

    @Test
    @Order(2)
    void theConcurrencyOfTheRun() throws Exception {
        RunId id = fleet().submit(List.of(LONG, LONG), new RunOptions(1, null, null, null, null, null));

        await(id, 1, "CONCURRENCY");

        assertThat(show(id))
                .contains("1  WAITING  sleep  not dispatched yet:"
                        + " the run's concurrency is reached: 1 of 1 tasks in flight");
    }

    @Test
    @Order(3)
    void busySlotsAndAnAgentThatNobodyHas() throws Exception {
        RunId id = fleet().submit(Collections.nCopies(WINDOW + 4, LONG), PLAIN);
        String busy = ": every slot of pool 'default' for the agent 'sleep' is busy (2 of 2 slots busy)";
        // Which tasks start and how many are sent depends on where the runs lie and who is polled first.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(show(id))
                        .contains("  DISPATCHED  sleep  dispatched, not started" + busy)
                        .containsPattern("next +task \\d+ not dispatched yet" + Pattern.quote(busy)));
        await(id, WINDOW + 3, "NO_SLOT");

        RunId unknown = fleet().submit(List.of(TaskSpec.of("nobody", Payload.NULL)), PLAIN);
        await(unknown, 0, "NO_AGENT");
        assertThat(show(unknown)).contains("no worker of pool 'default' has the agent 'nobody'");
    }

    /** Heartbeats come every three seconds: what they say shows by and by. */
    private static WaitsFor await(RunId id, int index, String reason) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(task(id, index).waitsFor())
                        .isNotNull()
                        .extracting(WaitsFor::reason)
                        .isEqualTo(reason));
        return Objects.requireNonNull(task(id, index).waitsFor());
    }

    private static TaskView task(RunId id, int index) {
        try {
            return fleet().api().tasks(id, index - 1, 1).items().getFirst();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String show(RunId id, String... more) {
        Screen screen = new Screen();
        List<String> arguments =
                new ArrayList<>(List.of("--server", fleet().processes().server().toString(), id.toString()));
        arguments.addAll(List.of(more));
        int code = new CommandLine(new ShowCommand())
                .setOut(screen.outWriter())
                .setErr(screen.errWriter())
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(screen.err()).isZero();
        return screen.out();
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
