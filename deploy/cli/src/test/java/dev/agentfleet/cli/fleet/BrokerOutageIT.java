package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.local.Child;
import dev.agentfleet.cli.local.FleetHome;
import dev.agentfleet.cli.local.LocalFleet;
import dev.agentfleet.cli.local.LocalFleetOptions;
import dev.agentfleet.cli.local.ResidentMemory;
import dev.agentfleet.cli.local.Role;
import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker dies under load and comes back. {@code -Doutage.seconds=N} sets after how long. A short outage meets an
 * orchestrator whose producer bears less, so that its state is given up, and restored when the broker is back.
 */
@Tag("long")
class BrokerOutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 20));
    /** The workers' probe would call them stuck long before the outage is over, were the broker's absence no excuse. */
    private static final Map<String, String> WATCHFUL =
            Map.of("fleet.worker.heartbeat", "PT1S", "fleet.worker.stuck-after", "PT5S");
    /** For an outage that Kafka's producer would bear as it is. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "kafka.delivery.timeout.ms", "8000",
            "kafka.max.block.ms", "5000",
            "kafka.request.timeout.ms", "3000");

    private static final Duration BORNE = Duration.ofMinutes(1);

    private static final int CLAIMED = 20;
    /** Runs on several home partitions: what a stream thread gives up depends on what it has in hand. */
    private static final int RUNS = 8;

    private static final int SHORT = 1_250;
    private static final TaskSpec SHORT_TASK = TaskSpec.of("sleep", new Payload("{\"duration\":\"PT0.05S\"}"));
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[0-9.:]+)");
    /** More than a heap may move by itself, less than what is produced meanwhile could take. */
    private static final long MEGABYTES = 200;

    @TempDir
    private @Nullable Path directory;

    private @Nullable Fleet started;
    private boolean refused;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws Exception {
        started = Fleet.start(LocalFleetOptions.fresh(
                        FleetHome.current(), Objects.requireNonNull(directory).resolve("fleet"))
                .withSlots(50)
                .withProperties(properties()));
    }

    private static Map<String, String> properties() {
        var all = new HashMap<>(WATCHFUL);
        if (isImpatient()) {
            all.putAll(IMPATIENT);
        }
        return all;
    }

    private static boolean isImpatient() {
        return OUTAGE.compareTo(BORNE) < 0;
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        if (started != null) {
            started.close();
        }
    }

    @Test
    void anOutageUnderLoadRestartsNobodyAndRepeatsNothing() throws Exception {
        // Given
        Path ledger = Objects.requireNonNull(directory).resolve("ledger");
        TaskSpec outlasting = Shell.task("echo $FLEET_TASK_ID >> \"$1\"; sleep " + (OUTAGE.toSeconds() + 20), ledger);
        RunId claimed = fleet().submit(Collections.nCopies(CLAIMED, outlasting), null);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> fleet().api().tasks(claimed, -1, CLAIMED).items().stream()
                        .allMatch(view -> view.state() == TaskState.RUNNING));
        List<RunId> flowing = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            flowing.add(fleet().submit(Collections.nCopies(SHORT, SHORT_TASK), null));
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> done(flowing) > RUNS * SHORT / 10);
        List<Child> services = services();
        Map<String, Long> before = memory(services);

        // When
        fleet().processes().kill(LocalFleet.BROKER);
        int done = done(flowing);
        Awaitility.await()
                .during(OUTAGE)
                .atMost(OUTAGE.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> services.stream().allMatch(service -> isUp(service, "live"))
                        && flowing.stream().allMatch(this::isAnswered));
        Map<String, Long> after = memory(services);
        fleet().processes().restart(LocalFleet.BROKER);

        // Then
        for (RunId run : flowing) {
            RunView end = fleet().awaitEnd(run);
            assertThat(end.counts()).isEqualTo(new Counts(SHORT, 0, 0, 0, 0));
            assertThat(end.attempts()).as("dispatched once each").isEqualTo(SHORT);
        }
        System.out.printf(
                "broker away for %s with %d of %d short tasks done; megabytes resident before %s, after %s%n",
                OUTAGE, done, RUNS * SHORT, before, after);
        assertThat(done).as("in the middle of the load").isLessThan(RUNS * SHORT);
        if (isImpatient()) {
            assertThat(refused).as("503 once state was given up").isTrue();
        }
        RunView outlasted = fleet().awaitEnd(claimed);
        assertThat(outlasted.counts()).isEqualTo(new Counts(CLAIMED, 0, 0, 0, 0));
        assertThat(outlasted.attempts()).isEqualTo(CLAIMED);
        assertThat(Ledger.lines(ledger)).doesNotHaveDuplicates().hasSize(CLAIMED);
        for (RunId run : flowing) {
            fleet().assertOneOutcomePerTaskAndOneCompletion(run, SHORT);
        }
        fleet().assertOneOutcomePerTaskAndOneCompletion(claimed, CLAIMED);
        assertThat(services).allMatch(Child::isAlive).allMatch(service -> isUp(service, "ready"));
        after.forEach((name, megabytes) ->
                assertThat(megabytes).as(name).isLessThan(Objects.requireNonNull(before.get(name)) + MEGABYTES));
    }

    private List<Child> services() {
        return fleet().processes().children().stream()
                .filter(child -> child.role() != Role.BROKER)
                .toList();
    }

    /** @param probe {@code live} is what would have a process restarted where somebody watches it */
    private boolean isUp(Child child, String probe) {
        String address = child.find(ADDRESS).orElseThrow();
        HttpRequest question = HttpRequest.newBuilder(URI.create(address + "/q/health/" + probe))
                .build();
        try {
            return child.isAlive()
                    && http.send(question, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(child.name(), e);
        }
    }

    private int done(List<RunId> runs) {
        return runs.stream().mapToInt(run -> fleet().view(run).counts().total()).sum();
    }

    /** What is known of the run, or that nothing can be said now; anything else fails the test. */
    private boolean isAnswered(RunId run) {
        try {
            return fleet().view(run).tasks() == SHORT;
        } catch (UnreachableException e) {
            refused |= e.isStarting();
            return e.isStarting();
        }
    }

    private static Map<String, Long> memory(List<Child> children) throws IOException, InterruptedException {
        var megabytes = new HashMap<String, Long>();
        for (Child child : children) {
            megabytes.put(child.name(), ResidentMemory.megabytes(child));
        }
        return megabytes;
    }

    private Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
