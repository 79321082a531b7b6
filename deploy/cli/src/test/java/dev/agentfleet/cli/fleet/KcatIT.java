package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SubmitRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell user does with {@code kcat} alone, as the README says. */
@Tag("tool:kcat")
class KcatIT {

    private static final String ECHO = "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"input\":{\"text\":\"hi\"}}";

    @TempDir
    private static @Nullable Path directory;

    private static @Nullable Fleet started;

    @BeforeAll
    static void start() throws Exception {
        started = Fleet.start(Objects.requireNonNull(directory));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void submitsARunAndReadsItsOutcome() throws Exception {
        RunId id = Fleet.newId();

        kcat().produce("fleet.requests", id.value(), ECHO);

        awaitRecord("fleet.runs", id.value(), "\"type\":\"TaskOutcome\"", "\"output\":{\"text\":\"hi\"}");
        awaitRecord("fleet.runs", id.value(), "\"type\":\"RunCompleted\"", "\"status\":\"SUCCEEDED\"");
    }

    @Test
    void runsTheExample() throws Exception {
        RunId id = Fleet.newId();

        Example.Ended ended = Example.script(
                        "kcat/run.sh", id, fleet().processes().bootstrapServers())
                .run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.lines()).hasSize(2);
        assertThat(ended.stdout()).contains("\"output\":{\"text\":\"hi\"}", "\"type\":\"RunCompleted\"");
    }

    @Test
    void theCommandsOfTheMessageReferenceWork() throws Exception {
        String brokers = fleet().processes().bootstrapServers();
        List<String> blocks = Reference.blocks("sh", "kcat", brokers);
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);

        for (String commands : blocks) {
            Example.Ended ended = Example.shellCommands(commands).run();
            assertThat(ended.exitCode()).as(commands + ended.stderr()).isZero();
        }

        assertThat(fleet().awaitEnd(new RunId("my-run-1")).status()).isIn(RunStatus.CANCELLED, RunStatus.SUCCEEDED);
        assertThat(fleet().view(new RunId("tonight-1")).heldUntil()).isNotNull();
    }

    @Test
    void theExampleFailsWhenItsRunIsRejected() throws Exception {
        RunId id = Fleet.newId();
        fleet().api().submit(SubmitRun.single(id, "sleep", new Payload("{\"duration\":\"PT300S\"}")));

        Example.Ended ended = Example.script(
                        "kcat/run.sh", id, fleet().processes().bootstrapServers())
                .run();

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.stdout()).contains("RunRejected", "must be new: it names a run with other content");
    }

    @Test
    void isOneRunWithTheSameIdOverRest() throws Exception {
        for (int i = 0; i < 5; i++) {
            RunId id = Fleet.newId();
            Thread rest = Thread.ofVirtual().start(() -> submitOverRest(id));
            kcat().produce("fleet.requests", id.value(), ECHO);
            rest.join();

            assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(fleet().view(id).attempts()).isEqualTo(1);
            assertThat(fleet().published(id)).as("one outcome, one completion").hasSize(2);
        }
    }

    @Test
    void isCancelledOverRest() throws Exception {
        RunId id = Fleet.newId();
        kcat().produce(
                        "fleet.requests",
                        id.value(),
                        "{\"type\":\"SubmitRun\",\"agent\":\"sleep\",\"input\":{\"duration\":\"PT300S\"}}");
        Awaitility.await().ignoreExceptions().until(() -> fleet().view(id).inFlight() == 1);

        fleet().api().cancel(id, "enough");

        assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void findsGarbageInTheDeadLettersAndTheNextRunDone() throws Exception {
        RunId id = Fleet.newId();
        kcat().produce("fleet.requests", id.value(), "{\"type\":\"SubmitRun\",\"agent\":");
        kcat().produce("fleet.requests", null, "garbage-" + id);
        kcat().produce("fleet.requests", id.value(), ECHO);

        awaitRecord("fleet.dead-letters", "garbage-" + id, "fleet-reason=", "fleet-source-topic=fleet.requests");
        awaitRecord("fleet.dead-letters", "{\"type\":\"SubmitRun\",\"agent\":", "not well-formed JSON");
        assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void seesItsRejectionWithFieldValueAndRule() throws Exception {
        RunId id = Fleet.newId();

        kcat().produce(
                        "fleet.requests",
                        id.value(),
                        "{\"type\":\"SubmitRun\",\"agent\":\"echo\",\"options\":{\"concurrency\":0}}");

        awaitRecord("fleet.runs", id.value(), "RunRejected", "options.concurrency: '0' must be at least 1");
    }

    private static void submitOverRest(RunId id) {
        try {
            fleet().api().submit(SubmitRun.single(id, "echo", new Payload("{\"text\":\"hi\"}")));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitRecord(String topic, String... parts) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(kcat().consume(topic))
                        .anySatisfy(record -> assertThat(record).contains(List.of(parts))));
    }

    private static Kcat kcat() {
        return new Kcat(fleet().processes().bootstrapServers());
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
