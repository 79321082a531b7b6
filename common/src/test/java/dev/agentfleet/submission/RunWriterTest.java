package dev.agentfleet.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunDigest;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunWriterTest {

    private static final RunId RUN = new RunId("run-1");
    private static final SubmitRun HEAD = new SubmitRun(RUN, "echo", null, "gpu", null, RunOptions.DEFAULTS, true);
    private static final TaskSpec TASK = new TaskSpec(null, new Payload("{\"text\":\"hi\"}"), null, null);

    private final List<Request> sent = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    @Test
    void sendsWhatFitsOneRecordAsOne() throws Exception {
        RunWriter writer = writer();

        assertThat(writer.write(tasks(500))).isEmpty();

        assertThat(writer.hasBegun()).isFalse();
        assertThat(sent)
                .containsExactly(new SubmitRun(
                        RUN, "echo", null, "gpu", Collections.nCopies(500, TASK), RunOptions.DEFAULTS, null));
    }

    @Test
    void sendsMoreAsAnOpenRunWithItsChunksAndItsSeal() throws Exception {
        assertThat(writer().write(tasks(1_001))).isPresent();

        assertThat(sent.getFirst()).isEqualTo(HEAD);
        assertThat(sent.subList(1, 4))
                .extracting(chunk -> ((AppendTasks) chunk).chunk())
                .containsExactly(1, 2, 3);
        RunDigest digest = RunDigest.EMPTY;
        for (byte[] chunk : values.subList(1, 4)) {
            digest = digest.plus(chunk);
        }
        assertThat(sent.getLast()).isEqualTo(new SealRun(RUN, 3, 1_001, digest.hex()));
        assertThat(values).hasSameSizeAs(sent).element(1).isEqualTo(Json.write(sent.get(1)));
    }

    @Test
    void writesTheSameTasksAsTheSameBytes() throws Exception {
        writer().write(tasks(1_200));
        List<String> first = hex();
        values.clear();

        writer().write(tasks(1_200));

        assertThat(hex()).isEqualTo(first);
    }

    @Test
    void readsNoFurtherAheadThanAChunkAndATask() throws Exception {
        var read = new AtomicInteger();
        var written = new AtomicInteger();
        TaskSource all = tasks(100_000);
        var writer = new RunWriter(HEAD, (request, value) -> {
            if (request instanceof AppendTasks chunk) {
                written.addAndGet(chunk.tasks().size());
                assertThat(read.get() - written.get()).isLessThanOrEqualTo(1);
            }
        });

        writer.write(() -> {
            assertThat(read.incrementAndGet() - written.get()).isLessThanOrEqualTo(Chunks.MOST_TASKS + 1);
            return all.next();
        });

        assertThat(written).hasValue(100_000);
    }

    @Test
    void refusesARunWithoutTasksBeforeAnythingIsSent() {
        assertThatThrownBy(() -> writer().write(tasks(0)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("tasks: '[]' must hold at least one task");
        assertThat(sent).isEmpty();
    }

    private RunWriter writer() {
        return new RunWriter(HEAD, (request, value) -> {
            sent.add(request);
            values.add(value);
        });
    }

    private List<String> hex() {
        return values.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static TaskSource tasks(int number) {
        return TaskSource.of(Collections.nCopies(number, TASK).iterator());
    }
}
