package dev.agentfleet.cli.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.DrivenTime;
import dev.agentfleet.cli.FakeOrchestrator;
import dev.agentfleet.cli.Screen;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunDigest;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubmitterTest {
    private static final TaskSpec TASK = TaskSpec.of("echo", new Payload("{\"text\":\"hi\"}"));
    private static final RunTemplate RUN = new RunTemplate(new RunId("r1"), null, null, null);

    private final Screen screen = new Screen();
    private FakeOrchestrator orchestrator;
    private Submitter submitter;

    @BeforeEach
    void start() throws Exception {
        orchestrator = new FakeOrchestrator()
                .on("POST /api/runs", 201, "{\"runId\":\"r1\",\"status\":\"RUNNING\"}")
                .on("POST /api/runs/r1/tasks", 202, "")
                .on("POST /api/runs/r1/seal", 202, "")
                .on("POST /api/runs/r1/cancel", 202, "");
        submitter = new Submitter(new FleetApi(orchestrator.address()), screen.terminal(false), new DrivenTime());
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    @Test
    void submitsWhatFitsInOneRecord() throws Exception {
        submitter.submit(new RepeatedTask(TASK, 500), RUN);

        assertThat(orchestrator.calls()).hasSize(1);
    }

    @Test
    void sendsTheSameBytesAgainWhenTheConnectionBreaks() throws Exception {
        orchestrator.before("POST /api/runs", () -> orchestrator.breakPosts(3));

        submitter.submit(new RepeatedTask(TASK, 501), RUN);

        var chunks = orchestrator.calls("POST /api/runs/r1/tasks");
        assertThat(chunks.size()).isGreaterThanOrEqualTo(4);
        assertThat(chunks.stream().map(FakeOrchestrator.Call::text).distinct()).hasSize(2);
        assertThat(screen.err()).contains("trying again for 60 s");
    }

    @Test
    void sealsWithTheDigestOfTheBytesSent() throws Exception {
        submitter.submit(new RepeatedTask(TASK, 1_001), RUN);

        var digest = RunDigest.EMPTY;
        for (FakeOrchestrator.Call chunk : orchestrator.calls("POST /api/runs/r1/tasks")) {
            digest = digest.plus(chunk.body());
        }
        var seal = Json.read(
                orchestrator.calls("POST /api/runs/r1/seal").getFirst().body(), SealRun.class);
        assertThat(seal).isEqualTo(new SealRun(new RunId("r1"), 3, 1_001, digest.hex()));
    }

    @Test
    void cancelsTheRunWhenTheInputTurnsOutBad() {
        var read = new AtomicInteger();

        assertThatThrownBy(() -> submitter.submit(
                        () -> {
                            if (read.incrementAndGet() == 700) {
                                throw new InvalidInputException("line 700: is bad");
                            }
                            return TASK;
                        },
                        RUN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("line 700: is bad; run r1 was cancelled");
        assertThat(orchestrator.calls("POST /api/runs/r1/cancel")).hasSize(1);
        assertThat(orchestrator.calls("POST /api/runs/r1/seal")).isEmpty();
    }

    @Test
    void cutsAWholeRunThatIsTooLargeForOneRecord() throws Exception {
        var run = new SubmitRun(null, "echo", null, "gpu", Collections.nCopies(900, TASK), null, null);

        submitter.submit(run, RUN);

        assertThat(orchestrator.calls("POST /api/runs").getFirst().text())
                .isEqualTo(
                        "{\"type\":\"SubmitRun\",\"runId\":\"r1\",\"agent\":\"echo\",\"pool\":\"gpu\",\"open\":true,\"v\":1}");
        assertThat(orchestrator.calls("POST /api/runs/r1/tasks")).hasSize(2);
    }
}
