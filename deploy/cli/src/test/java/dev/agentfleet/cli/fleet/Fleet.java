package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.FleetListener;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.RunEvent;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.contract.TaskSpec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A local fleet under test: broker, orchestrator and two workers as processes of their own. */
final class Fleet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final LocalFleet processes;

    private Fleet(LocalFleet processes) {
        this.processes = processes;
    }

    static Fleet start(Path directory) throws Exception {
        return start(LocalFleetOptions.fresh(FleetHome.current(), directory));
    }

    /** With the agents of the jars in {@code agents}. */
    static Fleet start(Path directory, Path agents) throws Exception {
        return start(LocalFleetOptions.fresh(FleetHome.current(), directory).withAgents(agents));
    }

    static Fleet start(Path directory, Map<String, String> properties) throws Exception {
        return start(LocalFleetOptions.fresh(FleetHome.current(), directory).withProperties(properties));
    }

    static Fleet start(LocalFleetOptions options) throws Exception {
        LocalFleet processes = new LocalFleet(options, FleetListener.NONE, SystemTime.INSTANCE);
        Fleet fleet = new Fleet(processes);
        try {
            processes.start();
        } catch (Exception e) {
            fleet.close();
            throw e;
        }
        return fleet;
    }

    LocalFleet processes() {
        return processes;
    }

    FleetApi api() {
        return processes.api();
    }

    static RunId newId() {
        return new RunId("run-" + UUID.randomUUID());
    }

    RunView awaitEnd(RunId id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> api().run(id).status().isFinal());
        return view(id);
    }

    RunView view(RunId id) {
        try {
            return api().run(id);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<TaskOutcome> outcomes(RunId id) throws Exception {
        return outcomes(id, null);
    }

    List<TaskOutcome> outcomes(RunId id, @Nullable Integer revision) throws Exception {
        try (var lines =
                new BufferedReader(new InputStreamReader(api().outcomes(id, revision), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), TaskOutcome.class))
                    .toList();
        }
    }

    /** What stands on {@code fleet.runs} about the run, for a reader of committed records. */
    List<RunEvent> published(RunId id) {
        List<RunEvent> events = RunsTopic.read(processes.bootstrapServers(), id);
        assertThat(events).isNotEmpty();
        return events;
    }

    /** Returns when it is admitted, which may take a while when the orchestrator has just started. */
    RunId submit(List<TaskSpec> tasks, @Nullable RunOptions options) throws InterruptedException {
        RunId id = newId();
        api().submit(SubmitRun.batch(id, tasks, options));
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> view(id).tasks() == tasks.size());
        return id;
    }

    void assertOneOutcomePerTaskAndOneCompletion(RunId id, int tasks) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> published(id).getLast() instanceof RunCompleted);
        List<RunEvent> events = published(id);
        assertThat(events).hasSize(tasks + 1);
        assertThat(events.stream()
                        .filter(TaskOutcome.class::isInstance)
                        .map(event -> ((TaskOutcome) event).taskId())
                        .distinct())
                .hasSize(tasks);
    }

    @Override
    public void close() {
        processes.close();
    }
}
