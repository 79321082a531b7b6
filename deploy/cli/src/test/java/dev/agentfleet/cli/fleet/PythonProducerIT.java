package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a Python producer, whose client hashes keys otherwise than Java's. */
@Tag("tool:python3-confluent-kafka")
class PythonProducerIT {

    private static final int TASKS = 50;

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
    void submitsABatchAndFollowsIt() throws Exception {
        RunId id = Fleet.newId();

        Example.Ended ended = python(id, TASKS).run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.lines())
                .hasSize(TASKS + 1)
                .contains(id + "/7 SUCCEEDED {\"number\": 7}")
                .endsWith(id + " SUCCEEDED " + TASKS + "/" + TASKS);
    }

    @Test
    void isOneRunWithTheJavaProducersOfTheSameId() throws Exception {
        for (int i = 0; i < 3; i++) {
            RunId id = Fleet.newId();
            Example python = python(id, TASKS);
            Example java = java(id);
            try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Example.Ended> ofPython = both.submit(() -> python.run());
                Future<Example.Ended> ofJava = both.submit(() -> java.run());

                assertThat(ofPython.get().exitCode())
                        .as(ofPython.get().stderr())
                        .isZero();
                assertThat(ofJava.get().exitCode()).as(ofJava.get().stderr()).isZero();
                assertThat(new TreeSet<>(ofPython.get()
                                .stdout()
                                .replace(": ", ":")
                                .lines()
                                .toList()))
                        .isEqualTo(new TreeSet<>(ofJava.get().lines()));
            }
            fleet().assertOneOutcomePerTaskAndOneCompletion(id, TASKS);
            assertThat(fleet().view(id).attempts()).isEqualTo(TASKS);
        }
    }

    @Test
    void theCodeOfTheMessageReferenceWorks() throws Exception {
        String brokers = fleet().processes().bootstrapServers();
        String submits = only(Reference.blocks("python", "import Producer", brokers));
        String reads = only(Reference.blocks("python", "import Consumer", brokers));

        Example.Ended submitted = Example.pythonCode(submits).run();
        Example.Ended read = Example.pythonCode(reads).run();

        assertThat(submitted.exitCode()).as(submitted.stderr()).isZero();
        assertThat(read.exitCode()).as(read.stderr()).isZero();
        assertThat(read.lines()).hasSize(101).contains("TaskOutcome my-run-2/7 SUCCEEDED 7 None");
    }

    @Test
    void theDigestOfTheMessageReferenceIsWhatTheOrchestratorComputes() throws Exception {
        String brokers = fleet().processes().bootstrapServers();
        String code = only(Reference.blocks("python", "import hashlib", brokers));
        String seal = only(Reference.blocks("json", "\"digest\"", brokers).stream()
                .filter(block -> !block.contains("runId"))
                .toList());
        String sends = """
                from confluent_kafka import Producer
                producer = Producer({"bootstrap.servers": "%s", "enable.idempotence": True})
                for value in [b'{"type":"SubmitRun","agent":"echo","open":true}', *chunk_values, b'%s']:
                    producer.produce("fleet.requests", key="my-run-3", value=value)
                producer.flush()
                """.formatted(brokers, seal.strip());

        Example.Ended ended = Example.pythonCode(code + sends).run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(seal).contains(ended.stdout().strip());
        assertThat(fleet().awaitEnd(new RunId("my-run-3")).counts().succeeded()).isEqualTo(3);
    }

    @Test
    void saysWhyItIsRejected() throws Exception {
        RunId id = Fleet.newId();
        fleet().api().submit(SubmitRun.single(id, "sleep", new Payload("{\"duration\":\"PT300S\"}")));

        Example.Ended ended = python(id, TASKS).run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stderr())
                .isEqualTo("rejected: runId: '" + id + "' must be new: it names a run with other content\n");
    }

    private static String only(List<String> blocks) {
        assertThat(blocks).hasSize(1);
        return blocks.getFirst();
    }

    private static Example python(RunId id, int tasks) throws Exception {
        return Example.python("python/submit_and_follow.py", fleet().processes().bootstrapServers(), id, tasks);
    }

    private static Example java(RunId id) {
        return Example.java(JavaProducerIT.JAR, fleet().processes().bootstrapServers(), id, TASKS);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
