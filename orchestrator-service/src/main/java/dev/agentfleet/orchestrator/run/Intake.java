package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.SealRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a run.
 *
 * @param tasks tasks that arrived without a gap, those of SubmitRun included
 * @param chunks AppendTasks that arrived without a gap
 * @param digest over those chunks, as {@link SealRun#digest} defines it; empty before the first
 * @param early chunks kept because one before them is missing
 * @param lastAt when the last of them arrived
 * @param sealed whether no more can come
 * @param seal a seal that waits for missing chunks
 */
public record Intake(
        int tasks,
        int chunks,
        String digest,
        int early,
        Instant lastAt,
        boolean sealed,
        @Nullable SealRun seal) {

    /** How long an open run may stay without news. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    static Intake of(int tasks, boolean complete, Instant now) {
        return new Intake(tasks, 0, "", 0, now, complete, null);
    }

    Intake withChunk(int count, String newDigest, boolean wasEarly, Instant now) {
        return new Intake(tasks + count, chunks + 1, newDigest, early - (wasEarly ? 1 : 0), now, sealed, seal);
    }

    Intake withEarlyChunk(Instant now) {
        return new Intake(tasks, chunks, digest, early + 1, now, sealed, seal);
    }

    Intake withSeal(SealRun newSeal, Instant now) {
        return new Intake(tasks, chunks, digest, early, now, sealed, newSeal);
    }

    Intake close() {
        return new Intake(tasks, chunks, digest, early, lastAt, true, null);
    }

    /** The seal is here and every chunk it speaks of, or more. */
    boolean sealIsDue() {
        return seal != null && chunks >= seal.chunks();
    }

    /** Whether the seal describes what arrived. */
    boolean sealFits() {
        SealRun it = Objects.requireNonNull(seal);
        return chunks == it.chunks()
                && early == 0
                && tasks == it.tasks()
                && (it.digest() == null || it.digest().equals(digest));
    }

    public Instant overdueAt() {
        return lastAt.plus(PATIENCE);
    }
}
