package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunDigest;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.RunDecision;
import dev.agentfleet.orchestrator.run.RunEffect;
import dev.agentfleet.orchestrator.run.RunEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Turns requests into events of their run. */
final class Requests {

    private final RunStore store;
    private final RunTable runs;
    private final Transitions transitions;
    /** Runs that may have early chunks to take up: one a step, however many there are. */
    private final Deque<RunId> behind = new ArrayDeque<>();

    Requests(RunStore store, RunTable runs, Transitions transitions) {
        this.store = store;
        this.runs = runs;
        this.transitions = transitions;
    }

    /**
     * @param value the record's bytes: what a chunk's identity and the digest cover
     * @param trace what a submitted run is to keep of its trace
     */
    void handle(RunId id, Request request, byte[] value, @Nullable String trace, Instant now) {
        switch (request) {
            case SubmitRun submit -> submit(id, submit, trace, now);
            case AppendTasks append -> append(id, append, value, now);
            case SealRun seal -> transitions.run(id, "SealRun", new RunEvent.SealReceived(seal.forRun(id)), now);
            case RedriveTasks redrive ->
                transitions.run(id, "RedriveTasks", new RunEvent.RedriveReceived(redrive.forRun(id)), now);
            case CancelRun cancel -> {
                String reason = cancel.reason() == null ? "cancelled by request" : cancel.reason();
                transitions.run(id, "CancelRun", new RunEvent.CancelReceived(reason), now);
            }
        }
    }

    private void submit(RunId id, SubmitRun submit, @Nullable String trace, Instant now) {
        SubmitRun named = submit.forRun(id);
        String cancelled = store.earlyCancel(id);
        var event = new RunEvent.Submitted(named, ContentHash.of(named), cancelled);
        if (!(transitions.run(id, "SubmitRun", event, now) instanceof RunDecision.Applied)) {
            return;
        }
        Run admitted = runs.get(id);
        if (trace != null && admitted != null) {
            runs.put(admitted.traced(trace));
        }
        if (cancelled != null) {
            store.putEarlyCancel(id, null);
        }
    }

    private void append(RunId id, AppendTasks append, byte[] value, Instant now) {
        String hash = ContentHash.of(value);
        Run run = runs.get(id);
        String digest = run == null
                ? ""
                : new RunDigest(run.intake().digest()).plus(value).hex();
        var event = new RunEvent.Appended(append, hash, store.chunkHash(id, append.chunk()), digest);
        if (!(transitions.run(id, "AppendTasks", event, now) instanceof RunDecision.Applied applied)) {
            return;
        }
        store.putChunkHash(id, append.chunk(), hash);
        if (applied.effects().stream().anyMatch(RunEffect.KeepChunk.class::isInstance)) {
            store.keepChunk(id, append.chunk(), value);
            return;
        }
        catchUp(id);
    }

    /** Goes on with chunks of the run that came early, as far as they follow. */
    void catchUp(RunId id) {
        Run run = runs.get(id);
        if (run != null && run.stop() == null && run.intake().early() > 0 && !behind.contains(id)) {
            behind.add(id);
        }
    }

    boolean isBehind() {
        return !behind.isEmpty();
    }

    void clear() {
        behind.clear();
    }

    /** Takes up one chunk that came early; false when there is none. */
    boolean work(Instant now) {
        RunId id = behind.poll();
        Run run = id == null ? null : runs.get(id);
        if (id == null || run == null) {
            return false;
        }
        byte[] next = store.takeChunk(id, run.intake().chunks() + 1);
        if (next != null) {
            append(id, Json.read(next, AppendTasks.class), next, now);
        }
        return true;
    }
}
