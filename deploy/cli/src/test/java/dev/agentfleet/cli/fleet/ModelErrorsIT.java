package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.cli.client.QuotaView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RetryPolicy;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.modelserver.Mishap;
import dev.agentfleet.modelserver.ModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a task, its run and the fleet do when a model's server goes on with an error: a run of one task each, of at most two
 * attempts of two calls. The table is written to {@code target/}.
 */
@Tag("long")
class ModelErrorsIT {

    private static final String TABLE = """
            BAD_REQUEST_400 | INVALID_REQUEST, 1 failure | FAILED | goes on
            OWN_SPEND_LIMIT_400 | given back, then SUCCEEDED, 0 failures | waits, then SUCCEEDED | closed: SPEND_LIMIT
            KEY_REFUSED_401 | given back, then SUCCEEDED, 0 failures | waits, then SUCCEEDED | closed: PROVIDER_KEY_REFUSED
            NO_MONEY_402 | given back, then SUCCEEDED, 0 failures | waits, then SUCCEEDED | closed: SPEND_LIMIT
            FORBIDDEN_403 | given back, then SUCCEEDED, 0 failures | waits, then SUCCEEDED | closed: PROVIDER_KEY_REFUSED
            UNKNOWN_MODEL_404 | UNKNOWN_MODEL, 1 failure | FAILED | goes on
            TOO_LARGE_413 | REQUEST_TOO_LARGE, 1 failure | FAILED | goes on
            RATE_LIMITED_429 | RATE_LIMITED, 2 failures | FAILED | lane held: RATE_LIMITED
            RATE_LIMITED_LONG_429 | RATE_LIMITED, again after minutes | waits | lane held: RATE_LIMITED
            RATE_LIMITED_SILENT_429 | RATE_LIMITED, 2 failures | FAILED | lane held: RATE_LIMITED
            SPEND_LIMIT_429 | given back, then SUCCEEDED, 0 failures | waits, then SUCCEEDED | closed: SPEND_LIMIT
            FAILED_500 | PROVIDER_ERROR, 2 failures | FAILED | goes on
            OVERLOADED_529 | PROVIDER_OVERLOADED, 2 failures | FAILED | lane held: PROVIDER_OVERLOADED
            HANG | MODEL_TIMEOUT, 2 failures | FAILED | goes on
            SLOW_DRIP | MODEL_TIMEOUT, 2 failures | FAILED | goes on
            CUT_CONNECTION | CONNECTION_FAILED, 2 failures | FAILED | goes on
            CUT_IN_BODY | CONNECTION_FAILED, 2 failures | FAILED | goes on
            MALFORMED_JSON | PROVIDER_ERROR, 2 failures | FAILED | goes on
            ERROR_AFTER_200 | PROVIDER_OVERLOADED, 2 failures | FAILED | lane held: PROVIDER_OVERLOADED
            """;

    private static final Set<String> CLOSED = Set.of("PROVIDER_KEY_REFUSED", "SPEND_LIMIT");
    private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ofMillis(100), null, 1.0, 0.0);

    @TempDir
    private @Nullable Path directory;

    @Test
    void everyErrorEndsAsTheTableSays() throws Exception {
        Path folder = Objects.requireNonNull(directory);
        Path key = Files.writeString(folder.resolve("key"), "sk-test");
        var rows = new ArrayList<String>();
        try (var server = new ModelServer();
                var fleet = Fleet.start(folder.resolve("fleet"), properties(server, key))) {
            warmUp(fleet);
            for (Mishap mishap : Mishap.values()) {
                rows.add(row(mishap, server, fleet));
            }
        }
        Files.write(Path.of("target", "model-errors-of-a-fleet.txt"), rows);

        assertThat(String.join("\n", rows) + "\n").isEqualTo(TABLE);
    }

    private static Map<String, String> properties(ModelServer server, Path key) {
        String retry = "smallrye.faulttolerance.\"dev.agentfleet.worker.llm.RetriedCalls/call\".retry.";
        return Map.of(
                "fleet.llm.provider",
                "openai",
                "fleet.llm.openai.base-url",
                server.openAiUrl().toString(),
                "fleet.llm.openai.key-file",
                key.toString(),
                "fleet.llm.openai.timeout",
                "PT3S",
                "fleet.llm.closed-for",
                "PT2S",
                "fleet.quota.hold",
                "PT1S",
                "fleet.quota.ramp",
                "PT0.5S",
                retry + "max-retries",
                "1",
                retry + "delay",
                "20");
    }

    /** The first calls of a process load a large library. */
    private static void warmUp(Fleet fleet) throws Exception {
        for (int i = 0; i < 4; i++) {
            fleet.awaitEnd(fleet.submit(List.of(question("warm"), question("warm")), null));
        }
    }

    private static String row(Mishap mishap, ModelServer server, Fleet fleet) throws Exception {
        server.script();
        server.otherwise(mishap);
        String model = "m" + mishap.ordinal();
        RunId run = fleet.submit(List.of(question(model)), new RunOptions(null, null, null, null, null, TWICE));
        var seen = new AtomicReference<>("");
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            String held = held(fleet, model);
            seen.updateAndGet(before -> held.isEmpty() ? before : held);
            return fleet.view(run).status().isFinal()
                    || isLongWaited(task(fleet, run)) && !held.isEmpty()
                    || CLOSED.contains(held);
        });
        String reason = Objects.requireNonNull(seen.get());
        if (CLOSED.contains(reason)) {
            assertThat(fleet.view(run).status().isFinal()).isFalse();
            server.script();
            var end = fleet.awaitEnd(run);
            return line(
                    mishap,
                    "given back, then " + task(fleet, run).state() + ", "
                            + task(fleet, run).failures() + " failures",
                    "waits, then " + end.status(),
                    "closed: " + reason);
        }
        String said = reason.isEmpty() ? "goes on" : "lane held: " + reason;
        TaskView task = task(fleet, run);
        String code = Objects.requireNonNull(task.lastFailure()).code();
        if (isLongWaited(task)) {
            fleet.api().cancel(run, null);
            return line(mishap, code + ", again after minutes", "waits", said);
        }
        String failures = task.failures() + (task.failures() == 1 ? " failure" : " failures");
        return line(mishap, code + ", " + failures, fleet.view(run).status().name(), said);
    }

    private static String line(Mishap mishap, String task, String run, String fleet) {
        return String.join(" | ", mishap.name(), task, run, fleet);
    }

    private static boolean isLongWaited(TaskView task) {
        Instant again = task.retryAt();
        return task.state() == TaskState.BACKING_OFF
                && again != null
                && Duration.between(Instant.now(), again).compareTo(Duration.ofMinutes(2)) > 0;
    }

    private static TaskView task(Fleet fleet, RunId run) throws InterruptedException {
        return fleet.api().tasks(run, -1, 1).items().getFirst();
    }

    /** Why the model's lane is held; empty when it is not. */
    private static String held(Fleet fleet, String model) throws InterruptedException {
        for (QuotaView quota : fleet.api().quotas()) {
            if (quota.lane().model().equals(model) && quota.holdReason() != null) {
                return quota.holdReason();
            }
        }
        return "";
    }

    private static TaskSpec question(String model) {
        return TaskSpec.of(
                "llm", new Payload("{\"model\":\"" + model + "\",\"prompt\":\"Is it so?\",\"maxOutputTokens\":10}"));
    }
}
