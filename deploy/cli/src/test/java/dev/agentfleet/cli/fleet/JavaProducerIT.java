package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a Java producer. */
class JavaProducerIT {

    static final String JAR = "java-producer/target/agent-fleet-java-producer.jar";

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
    void submitsABatchAndFollowsItAlsoTheSecondTime() throws Exception {
        RunId id = Fleet.newId();

        Example.Ended first = producer(id, 20).run();
        Example.Ended again = producer(id, 20).run();

        assertThat(first.exitCode()).as(first.stderr()).isZero();
        assertThat(first.lines())
                .hasSize(21)
                .contains(id + "/7 SUCCEEDED {\"number\":7}")
                .endsWith(id + " SUCCEEDED 20/20");
        assertThat(first.stderr()).isEmpty();
        assertThat(again).isEqualTo(first);
        fleet().assertOneOutcomePerTaskAndOneCompletion(id, 20);
    }

    @Test
    void submitsABatchThatNeedsManyRecords() throws Exception {
        RunId id = Fleet.newId();

        Example.Ended ended = producer(id, 3_000).run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.lines()).hasSize(3_001).endsWith(id + " SUCCEEDED 3000/3000");
    }

    @Test
    void saysWhyItIsRejected() throws Exception {
        RunId id = Fleet.newId();
        fleet().api().submit(SubmitRun.single(id, "sleep", new Payload("{\"duration\":\"PT300S\"}")));

        Example.Ended ended = producer(id, 20).run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stderr())
                .isEqualTo("rejected: runId: '" + id + "' must be new: it names a run with other content\n");
    }

    private static Example producer(RunId id, int tasks) {
        return Example.java(JAR, fleet().processes().bootstrapServers(), id, tasks);
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
