package dev.agentfleet.cli.bench;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Payload;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a run of like tasks to the requests topic, in chunks, in bounded memory. */
record BatchSubmission(Producer<byte[], byte[]> producer, String requests) {

    private static final int CHUNK = 500;

    void send(RunId id, String agent, Payload input, int tasks) {
        send(id, new SubmitRun(id, agent, null, null, null, null, true));
        var task = new TaskSpec(null, input, null, null);
        int chunks = 0;
        for (int sent = 0; sent < tasks; sent += CHUNK) {
            chunks++;
            send(id, new AppendTasks(id, chunks, Collections.nCopies(Math.min(CHUNK, tasks - sent), task)));
        }
        send(id, new SealRun(id, chunks, tasks, null));
    }

    /** As one record. */
    void batch(RunId id, String agent, Payload input, int tasks) {
        batch(id, agent, Collections.nCopies(tasks, input));
    }

    /** As one record. */
    void batch(RunId id, String agent, List<Payload> inputs) {
        var tasks = inputs.stream()
                .map(input -> new TaskSpec(agent, input, null, null))
                .toList();
        send(id, SubmitRun.batch(id, tasks, null));
    }

    void single(RunId id, String agent, Payload input) {
        send(id, SubmitRun.single(id, agent, input));
    }

    private void send(RunId id, Request request) {
        byte[] key = id.value().getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(requests, key, Json.write(request)));
    }
}
