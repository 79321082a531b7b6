package dev.agentfleet.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Counts;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples with {@code curl}. */
@Tag("long")
@Tag("tool:curl")
class CurlIT {

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
    void submitsATaskAndPrintsItsOutcome() throws Exception {
        RunId id = Fleet.newId();

        Example.Ended ended = Example.script("curl/run.sh", id, server()).run();

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.lines()).hasSize(2);
        assertThat(ended.stdout()).contains("\"output\":{\"text\":\"hi\"}", "\"status\":\"SUCCEEDED\"");
    }

    @Test
    void saysWhatIsWrongAndFails() throws Exception {
        Example.Ended ended = Example.script("curl/run.sh", "-bad-", server()).run();

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.stderr()).contains("400");
    }

    @Test
    void streamsSixtyMegabytesOfTasks() throws Exception {
        RunId id = Fleet.newId();
        int tasks = 1_200;
        byte[] line = ("{\"input\":\"" + "x".repeat(50_000) + "\"}\n").getBytes(StandardCharsets.UTF_8);

        Example.Ended ended = Example.script("curl/stream.sh", id, server()).run(out -> {
            for (int i = 0; i < tasks; i++) {
                out.write(line);
            }
        });

        assertThat(ended.exitCode()).as(ended.stderr()).isZero();
        assertThat(ended.lines()).hasSize(tasks + 1);
        assertThat(fleet().view(id).counts()).isEqualTo(new Counts(tasks, 0, 0, 0, 0));
    }

    @Test
    void aStreamThatIsBrokenOffCancelsTheRun() throws Exception {
        RunId id = Fleet.newId();
        Process process = new ProcessBuilder(
                        "curl",
                        "-sS",
                        "-X",
                        "POST",
                        "-T",
                        "-",
                        "-H",
                        "Content-Type: application/x-ndjson",
                        server() + "/api/runs")
                .start();
        try (var out = process.getOutputStream()) {
            out.write(("{\"runId\":\"" + id + "\",\"agent\":\"echo\"}\n" + "{\"input\":1}\n".repeat(100_000))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            Awaitility.await().ignoreExceptions().until(() -> fleet().view(id).tasks() > 0);
            process.destroyForcibly();
        }

        assertThat(fleet().awaitEnd(id).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(Objects.requireNonNull(fleet().view(id).failure()).reason()).contains("broke off");
    }

    private static String server() {
        return fleet().processes().server().toString();
    }

    private static Fleet fleet() {
        return Objects.requireNonNull(started);
    }
}
