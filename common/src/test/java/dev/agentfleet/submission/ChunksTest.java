package dev.agentfleet.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunksTest {

    @Test
    void keepsToTheNumberOfTasks() throws Exception {
        var chunks = new Chunks(tasks(1, 1_201));

        assertThat(sizes(chunks)).containsExactly(500, 500, 201);
    }

    @Test
    void keepsToTheBytesOfARecord() throws Exception {
        var chunks = new Chunks(tasks(50_000, 12));
        int number = 0;
        int tasks = 0;

        for (List<TaskSpec> chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            number++;
            tasks += chunk.size();
            assertThat(Json.write(new AppendTasks(new RunId("r".repeat(128)), number, chunk)))
                    .hasSizeLessThanOrEqualTo(Chunks.MOST_BYTES);
        }

        assertThat(tasks).isEqualTo(12);
        assertThat(number).isEqualTo(3);
    }

    @Test
    void sendsATaskOfTheLargestInputAlone() throws Exception {
        var chunks = new Chunks(tasks(Payload.MAX_BYTES - 2, 2));

        assertThat(sizes(chunks)).containsExactly(1, 1);
    }

    private static List<Integer> sizes(Chunks chunks) throws Exception {
        var sizes = new ArrayList<Integer>();
        for (List<TaskSpec> chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            sizes.add(chunk.size());
        }
        return sizes;
    }

    private static TaskSource tasks(int letters, int times) {
        TaskSpec task = TaskSpec.of("echo", new Payload('"' + "x".repeat(letters) + '"'));
        return TaskSource.of(Collections.nCopies(times, task).iterator());
    }
}
