package dev.agentfleet.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agentfleet.contract.AttemptFailed;
import dev.agentfleet.contract.AttemptReleased;
import dev.agentfleet.contract.AttemptReport;
import dev.agentfleet.contract.AttemptSucceeded;
import dev.agentfleet.contract.Cost;
import dev.agentfleet.contract.Failure;
import dev.agentfleet.contract.HoldLane;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaRequest;
import dev.agentfleet.modelserver.Mishap;
import dev.agentfleet.worker.llm.LlmCode;
import dev.agentfleet.worker.llm.Provider;
import dev.agentfleet.worker.llm.ProviderGate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every error of a model's server: how often the worker calls, what it reports, and what the fleet is told. The table is written to {@code target/}. */
@Tag("long")
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServerResource.class)
class ModelErrorsIT {

    /**
     * Error; calls and the attempt's end when it happens once, and when it goes on; what then happens in the whole fleet: a lane is
     * held, calls wait; one that is closed gives tasks back. At most two retries, waits up to 5 s.
     */
    private static final String TABLE = """
            BAD_REQUEST_400 | 1 call: INVALID_REQUEST, for good | 1 call: INVALID_REQUEST, for good | goes on
            OWN_SPEND_LIMIT_400 | 1 call: SPEND_LIMIT, given back | 1 call: SPEND_LIMIT, given back | closed for PT0.1S
            KEY_REFUSED_401 | 1 call: PROVIDER_KEY_REFUSED, given back | 1 call: PROVIDER_KEY_REFUSED, given back | closed for PT0.1S
            NO_MONEY_402 | 1 call: SPEND_LIMIT, given back | 1 call: SPEND_LIMIT, given back | closed for PT0.1S
            FORBIDDEN_403 | 1 call: PROVIDER_KEY_REFUSED, given back | 1 call: PROVIDER_KEY_REFUSED, given back | closed for PT0.1S
            UNKNOWN_MODEL_404 | 1 call: UNKNOWN_MODEL, for good | 1 call: UNKNOWN_MODEL, for good | goes on
            TOO_LARGE_413 | 1 call: REQUEST_TOO_LARGE, for good | 1 call: REQUEST_TOO_LARGE, for good | goes on
            RATE_LIMITED_429 | 2 calls: succeeded | 3 calls: RATE_LIMITED, again after PT1S | lane held for PT1S
            RATE_LIMITED_LONG_429 | 1 call: RATE_LIMITED, again after PT5M | 1 call: RATE_LIMITED, again after PT5M | lane held for PT5M
            RATE_LIMITED_SILENT_429 | 2 calls: succeeded | 3 calls: RATE_LIMITED, again | lane held
            SPEND_LIMIT_429 | 1 call: SPEND_LIMIT, given back | 1 call: SPEND_LIMIT, given back | closed for PT0.1S
            FAILED_500 | 2 calls: succeeded | 3 calls: PROVIDER_ERROR, again | goes on
            OVERLOADED_529 | 2 calls: succeeded | 3 calls: PROVIDER_OVERLOADED, again | lane held
            HANG | 1 call: MODEL_TIMEOUT, again | 1 call: MODEL_TIMEOUT, again | goes on
            SLOW_DRIP | 1 call: MODEL_TIMEOUT, again | 1 call: MODEL_TIMEOUT, again | goes on
            CUT_CONNECTION | 2 calls: succeeded | 3 calls: CONNECTION_FAILED, again | goes on
            CUT_IN_BODY | 2 calls: succeeded | 3 calls: CONNECTION_FAILED, again | goes on
            MALFORMED_JSON | 2 calls: succeeded | 3 calls: PROVIDER_ERROR, again | goes on
            ERROR_AFTER_200 | 2 calls: succeeded | 3 calls: PROVIDER_OVERLOADED, again | lane held
            """;

    private static final Set<String> CLOSED = Set.of(LlmCode.PROVIDER_KEY_REFUSED, LlmCode.SPEND_LIMIT);

    private record Row(Mishap mishap, String once, String always, Lane lane) {}

    private final Queue<LogRecord> logged = new ConcurrentLinkedQueue<>();
    private final List<AttemptReport> reports = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Inject
    @Nullable
    ProviderGate gate;

    private @Nullable FleetTopics topics;
    private static int warm;

    @BeforeEach
    void begin() {
        topics = new FleetTopics(SharedBroker.bootstrapServers(), BrokerResource.PREFIX);
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void end() throws Exception {
        Logger.getLogger("").removeHandler(handler);
        fleet().close();
    }

    @Test
    void everyErrorEndsAsTheTableSaysAndNothingTellsTheKeyOrThePrompt() throws Exception {
        var page = new ArrayList<>(List.of("| error | once | always | fleet |", "|---|---|---|---|"));
        for (Provider provider : List.of(Provider.ANTHROPIC, Provider.OPENAI)) {
            warmUp(provider);
            var rows = rows(provider);
            // What the fleet is told comes a little later.
            await().untilAsserted(
                            () -> assertThat(table(rows)).as(provider.tag()).isEqualTo(TABLE));
            table(rows).lines().forEach(row -> page.add("| " + provider.tag() + " " + row + " |"));
        }
        Files.write(Path.of("target", "model-errors.md"), page);

        assertThat(logged).hasSizeGreaterThan(100);
        assertThat(logged.stream().map(ModelErrorsIT::everything)).noneMatch(ModelErrorsIT::tells);
        assertThat(reports.stream().map(report -> new String(Json.write(report), StandardCharsets.UTF_8)))
                .noneMatch(ModelErrorsIT::tells);
    }

    @Test
    void anAnswerAfterARetryIsPaidOnce() {
        warmUp(Provider.ANTHROPIC);
        ModelServerResource.SERVER.script(Mishap.OVERLOADED_529);

        var report = run("paid/0", Provider.ANTHROPIC, "m");

        assertThat(report)
                .isInstanceOfSatisfying(
                        AttemptSucceeded.class,
                        success -> assertThat(success.cost()).isEqualTo(new Cost(170, 20, 370_000, 30L, 40L)));
    }

    /** The first calls of a process load a large library, and may need more time than calls get here. */
    private void warmUp(Provider provider) {
        ModelServerResource.SERVER.script();
        for (int i = 0; i < 10; i++) {
            if (run("warm-" + provider.tag() + warm++ + "/0", provider, "m") instanceof AttemptSucceeded) {
                return;
            }
        }
        throw new AssertionError("no answer from " + provider.tag());
    }

    private List<Row> rows(Provider provider) {
        var rows = new ArrayList<Row>();
        for (Mishap mishap : Mishap.values()) {
            ModelServerResource.SERVER.script(mishap);
            String once = ending(provider, mishap, "once");
            ModelServerResource.SERVER.script();
            ModelServerResource.SERVER.otherwise(mishap);
            String always = ending(provider, mishap, "always");
            rows.add(new Row(mishap, once, always, lane(provider, model(mishap, "always"))));
        }
        return rows;
    }

    private String table(List<Row> rows) {
        var table = new StringBuilder();
        for (Row row : rows) {
            table.append(String.join(" | ", row.mishap().name(), row.once(), row.always(), fleet(row.lane())))
                    .append('\n');
        }
        return table.toString();
    }

    /** The last that was said of the lane. */
    private String fleet(Lane lane) {
        String told = "goes on";
        for (QuotaRequest request : fleet().quotaRequests()) {
            if (request instanceof HoldLane hold && hold.lane().equals(lane)) {
                boolean closed = CLOSED.contains(Objects.requireNonNull(hold.reason()));
                told = (closed ? "closed" : "lane held") + (hold.hold() == null ? "" : " for " + hold.hold());
            }
        }
        return told;
    }

    private String ending(Provider provider, Mishap mishap, String how) {
        await().until(() -> !Objects.requireNonNull(gate).isClosed(provider));
        String task = "model-" + provider.tag() + "-" + mishap.ordinal() + "-" + how + "/0";
        var report = run(task, provider, model(mishap, how));
        reports.add(report);
        int calls = ModelServerResource.SERVER.calls();
        return calls + (calls == 1 ? " call: " : " calls: ") + end(report);
    }

    /** One for each case: a lane that is held by one of them keeps no other waiting. */
    private static String model(Mishap mishap, String how) {
        return how + "-" + mishap.ordinal();
    }

    private static Lane lane(Provider provider, String model) {
        return new Lane(provider.tag(), "default", model);
    }

    private static String end(AttemptReport report) {
        return switch (report) {
            case AttemptSucceeded _ -> "succeeded";
            case AttemptFailed failed -> failed.failure().code() + again(failed.failure());
            case AttemptReleased released ->
                Objects.requireNonNull(released.failure()).code() + ", given back";
            default -> report.toString();
        };
    }

    private static String again(Failure failure) {
        if (!failure.retryable()) {
            return ", for good";
        }
        return failure.retryAfter() == null ? ", again" : ", again after " + failure.retryAfter();
    }

    private AttemptReport run(String taskId, Provider provider, String model) {
        String runId = taskId.substring(0, taskId.indexOf('/'));
        fleet().send(fleet().assignment(
                        taskId,
                        "asking",
                        "{\"provider\": \"" + provider + "\", \"model\": \"" + model + "\"}",
                        Duration.ofMinutes(1)));
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet().ends(runId).contains(taskId));
        return fleet().reports(taskId).getLast();
    }

    private FleetTopics fleet() {
        return Objects.requireNonNull(topics);
    }

    private static boolean tells(String text) {
        return text.contains(ModelServerResource.KEY) || text.contains(AskingAgent.PROMPT);
    }

    private static String everything(LogRecord record) {
        var text = new StringBuilder(String.valueOf(record.getMessage()));
        if (record.getParameters() != null) {
            for (Object parameter : record.getParameters()) {
                text.append(' ').append(parameter);
            }
        }
        for (Throwable thrown = record.getThrown(); thrown != null; thrown = thrown.getCause()) {
            text.append(' ').append(thrown);
        }
        return text.toString();
    }
}
