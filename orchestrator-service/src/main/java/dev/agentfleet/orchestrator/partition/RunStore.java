package dev.agentfleet.orchestrator.partition;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.run.Purge;
import dev.agentfleet.orchestrator.run.Run;
import dev.agentfleet.orchestrator.run.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The durable state of one home partition. Every change is committed together with what the outbox got. */
public interface RunStore {

    @Nullable
    Run run(RunId id);

    void put(Run run);

    /** The runs that are not complete, in any order. */
    void forEachActive(Consumer<RunId> action);

    /**
     * Lists the run under its status, in the order of admission.
     *
     * @param before the status it was listed under and no longer is; null for a new run
     */
    void list(Run run, @Nullable RunStatus before);

    /**
     * The finished runs listed under the status, in the order of admission, oldest first.
     *
     * @param from the first of them, or where it was in the list; null for the oldest
     * @param upTo none that was admitted later
     */
    List<Run> ended(RunStatus status, @Nullable Run from, Instant upTo, int most);

    /** Takes a finished run off the list: it is being purged. */
    void unlist(Run run);

    /** The runs being purged, in any order. */
    void forEachPurging(Consumer<RunId> action);

    /** Deletes the states of the tasks from the one index to before the other, all of which have one. */
    void deleteTasks(RunId id, int from, int to);

    /** Deletes at most so many entries, from the number on, of a part other than the tasks. */
    Swept delete(RunId id, Purge.Part part, int from, int most);

    /** Deletes the record of a run that is being purged. */
    void delete(Run run);

    /** {@link TaskState#WAITING} when nothing is stored. */
    TaskState task(RunId id, int index);

    void put(RunId id, int index, TaskState state);

    /** Keeps an outcome under its revision, beside the task's state. */
    void keepOutcome(TaskOutcome outcome);

    void add(RunId id, TaskPage page);

    /** The page that holds the task; null when none does. */
    @Nullable
    TaskPage pageOf(RunId id, int index);

    /** Hash of the bytes a chunk had when it first came. */
    @Nullable
    String chunkHash(RunId id, int chunk);

    void putChunkHash(RunId id, int chunk, String hash);

    void keepChunk(RunId id, int chunk, byte[] value);

    /** The kept chunk, removed. */
    byte @Nullable [] takeChunk(RunId id, int chunk);

    @Nullable
    String earlyCancel(RunId id);

    void putEarlyCancel(RunId id, @Nullable String reason);

    void add(Timer timer);

    void remove(Timer timer);

    /** Timers due after the first time and not after the second, in order; whole milliseconds, until at least {@code most} are found. */
    List<Timer> timers(Instant after, Instant upTo, int most);
}
