package dev.agentfleet.submission;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunDigest;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes one run: in one record where its tasks fit, else as an open run with its chunks and its seal. Written again with the
 * same head and tasks it sends the same bytes, and so changes nothing. For one thread.
 */
public final class RunWriter {

    private final SubmitRun head;
    private final RunId id;
    private final RequestSink sink;
    private boolean begun;

    /** @param head the named run; of its own tasks and whether it is open nothing is taken over */
    public RunWriter(SubmitRun head, RequestSink sink) {
        this.head = head;
        this.id = Objects.requireNonNull(head.runId(), "the run must be named");
        this.sink = sink;
    }

    /**
     * Writes every task of the source, reading no further ahead than one chunk and one task.
     *
     * @return the seal, or empty when one record was enough
     * @throws InvalidFieldException when the source holds no task
     */
    public Optional<SealRun> write(TaskSource source) throws IOException, InterruptedException {
        var chunks = new Chunks(source);
        List<TaskSpec> first = chunks.next();
        if (first.isEmpty()) {
            throw new InvalidFieldException("tasks", "[]", "must hold at least one task");
        }
        if (!chunks.hasNext()) {
            send(new SubmitRun(id, head.agent(), null, head.pool(), first, head.options(), null));
            return Optional.empty();
        }
        begun = true;
        send(new SubmitRun(id, head.agent(), null, head.pool(), null, head.options(), true));
        SealRun seal = append(first, chunks);
        send(seal);
        return Optional.of(seal);
    }

    /** Whether an open run may have been begun: until it is sealed, somebody should cancel it. */
    public boolean hasBegun() {
        return begun;
    }

    private SealRun append(List<TaskSpec> first, Chunks chunks) throws IOException, InterruptedException {
        RunDigest digest = RunDigest.EMPTY;
        int number = 0;
        int tasks = 0;
        for (List<TaskSpec> chunk = first; !chunk.isEmpty(); chunk = chunks.next()) {
            number++;
            tasks += chunk.size();
            digest = digest.plus(send(new AppendTasks(id, number, chunk)));
        }
        return new SealRun(id, number, tasks, digest.hex());
    }

    private byte[] send(Request request) throws InterruptedException {
        byte[] value = Json.write(request);
        sink.send(request, value);
        return value;
    }
}
