package dev.agentfleet.orchestrator.topology;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.partition.Timer;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.run.Purge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the stores: a letter for the kind, then the run, then a number in big-endian order, so that what belongs to a
 * run lies together and in order. Timers start with their due time instead, the list of runs with status and admission. A runId never holds the byte 0.
 */
final class Keys {

    private static final byte RUN = 'r';
    private static final byte LISTED = 'l';
    private static final byte PURGING = 'P';
    private static final byte EARLY_CANCEL = 'x';
    private static final byte TASK = 't';
    private static final byte PAGE = 'p';
    private static final byte CHUNK_HASH = 'h';
    private static final byte KEPT_CHUNK = 'k';
    private static final byte OUTCOME = 'o';
    private static final byte TIMER = 'd';

    private Keys() {}

    static Bytes run(RunId id) {
        return named(RUN, id);
    }

    /** Under its status, the newest run first. */
    static Bytes listed(RunStatus status, ListedRun listed) {
        byte[] run = listed.id().value().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(2 + Long.BYTES + run.length)
                .put(LISTED)
                .put(letter(status))
                .putLong(Long.MAX_VALUE - listed.admittedAt().toEpochMilli())
                .put(run)
                .array());
    }

    static Bytes firstListed(RunStatus status) {
        return Bytes.wrap(new byte[] {LISTED, letter(status)});
    }

    static Bytes afterListed(RunStatus status) {
        return Bytes.wrap(new byte[] {LISTED, (byte) (letter(status) + 1)});
    }

    /** The first key after the run's: it goes on with a byte that no runId has. */
    static Bytes afterListed(RunStatus status, ListedRun listed) {
        byte[] key = listed(status, listed).get();
        return Bytes.wrap(Arrays.copyOf(key, key.length + 1));
    }

    static ListedRun listed(Bytes key) {
        ByteBuffer buffer = ByteBuffer.wrap(key.get()).position(2);
        Instant admittedAt = Instant.ofEpochMilli(Long.MAX_VALUE - buffer.getLong());
        byte[] run = new byte[buffer.remaining()];
        buffer.get(run);
        return new ListedRun(admittedAt, new RunId(new String(run, StandardCharsets.UTF_8)));
    }

    /** The last key that a run admitted at that time, or later, may have when the list is read from its oldest end. */
    static Bytes listedUpTo(RunStatus status, Instant admittedAt) {
        return Bytes.wrap(ByteBuffer.allocate(2 + Long.BYTES)
                .put(LISTED)
                .put(letter(status))
                .putLong(Long.MAX_VALUE - admittedAt.toEpochMilli())
                .array());
    }

    /** In the list of runs, where no status is. */
    static Bytes purging(ListedRun listed) {
        byte[] key = listed(RunStatus.SUCCEEDED, listed).get();
        key[1] = PURGING;
        return Bytes.wrap(key);
    }

    static Bytes firstPurging() {
        return Bytes.wrap(new byte[] {LISTED, PURGING});
    }

    static Bytes afterPurging() {
        return Bytes.wrap(new byte[] {LISTED, PURGING + 1});
    }

    /** The first key that an entry of that number may have. */
    static Bytes first(Purge.Part part, RunId id, int number) {
        return switch (part) {
            case TASKS -> task(id, number);
            case OUTCOMES -> outcome(id, number, 0);
            case PAGES -> page(id, number);
            case CHUNK_HASHES -> chunkHash(id, number);
            case KEPT_CHUNKS -> keptChunk(id, number);
        };
    }

    /** The last key that an entry of the run's part may have. */
    static Bytes last(Purge.Part part, RunId id) {
        return part == Purge.Part.OUTCOMES
                ? outcome(id, Integer.MAX_VALUE, Integer.MAX_VALUE)
                : first(part, id, Integer.MAX_VALUE);
    }

    /** Number of an entry. */
    static int number(Purge.Part part, Bytes key) {
        byte[] bytes = key.get();
        int at = bytes.length - Integer.BYTES * (part == Purge.Part.OUTCOMES ? 2 : 1);
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private static byte letter(RunStatus status) {
        return switch (status) {
            case ACCEPTED -> 'A';
            case RUNNING -> 'R';
            case SUCCEEDED -> 'S';
            case FAILED -> 'F';
            case CANCELLED -> 'C';
            case TIMED_OUT -> 'T';
        };
    }

    static Bytes earlyCancel(RunId id) {
        return named(EARLY_CANCEL, id);
    }

    static Bytes task(RunId id, int index) {
        return numbered(TASK, id, index);
    }

    static Bytes page(RunId id, int base) {
        return numbered(PAGE, id, base);
    }

    static Bytes chunkHash(RunId id, int chunk) {
        return numbered(CHUNK_HASH, id, chunk);
    }

    static Bytes keptChunk(RunId id, int chunk) {
        return numbered(KEPT_CHUNK, id, chunk);
    }

    /** Of an earlier revision; those of a task lie together in the order of their revisions. */
    static Bytes outcome(RunId id, int index, int revision) {
        byte[] task = numbered(OUTCOME, id, index).get();
        return Bytes.wrap(ByteBuffer.allocate(task.length + Integer.BYTES)
                .put(task)
                .putInt(revision)
                .array());
    }

    /** Index of a task, base of a page. */
    static int number(Bytes key) {
        byte[] bytes = key.get();
        return ByteBuffer.wrap(bytes, bytes.length - Integer.BYTES, Integer.BYTES)
                .getInt();
    }

    static Bytes timer(Timer timer) {
        byte[] run = timer.runId().value().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + run.length + Integer.BYTES + 1)
                .put(TIMER)
                .putLong(timer.due().toEpochMilli())
                .put(run)
                .putInt(timer.index())
                .put((byte) timer.kind().ordinal())
                .array());
    }

    /** The first key a timer due at that time may have. */
    static Bytes timersFrom(long epochMillis) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put(TIMER)
                .putLong(epochMillis)
                .array());
    }

    static Timer timer(Bytes key, byte[] attempt) {
        ByteBuffer buffer = ByteBuffer.wrap(key.get());
        buffer.get();
        Instant due = Instant.ofEpochMilli(buffer.getLong());
        byte[] run = new byte[buffer.remaining() - Integer.BYTES - 1];
        buffer.get(run);
        int index = buffer.getInt();
        Timer.Kind kind = Timer.Kind.values()[buffer.get()];
        return new Timer(
                due,
                new RunId(new String(run, StandardCharsets.UTF_8)),
                index,
                kind,
                ByteBuffer.wrap(attempt).getInt());
    }

    static byte[] attempt(Timer timer) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(timer.attempt()).array();
    }

    private static Bytes named(byte kind, RunId id) {
        byte[] run = id.value().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(1 + run.length).put(kind).put(run).array());
    }

    private static Bytes numbered(byte kind, RunId id, int number) {
        byte[] run = id.value().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(run.length + 2 + Integer.BYTES)
                .put(kind)
                .put(run)
                .put((byte) 0)
                .putInt(number)
                .array());
    }
}
