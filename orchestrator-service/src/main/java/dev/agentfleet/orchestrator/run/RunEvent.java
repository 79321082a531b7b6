package dev.agentfleet.orchestrator.run;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a run as a whole. */
public sealed interface RunEvent {

    /** A submission, with the hash of its content and the reason of a cancel that overtook it. */
    record Submitted(
            SubmitRun request, String contentHash, @Nullable String cancelled) implements RunEvent {}

    /**
     * A chunk of tasks.
     *
     * @param hash of its bytes
     * @param knownHash of the bytes received earlier under the same number, if any
     * @param digest of all chunks up to this one, given that those before it have arrived
     */
    record Appended(
            AppendTasks request, String hash, @Nullable String knownHash, String digest) implements RunEvent {}

    record SealReceived(SealRun request) implements RunEvent {}

    record CancelReceived(String reason) implements RunEvent {}

    /**
     * A task made a transition.
     *
     * @param ended the attempt that ended with it, if one did
     */
    record TaskMoved(
            int index,
            TaskState before,
            TaskState after,
            @Nullable AttemptEnd ended) implements RunEvent {}

    record RedriveReceived(RedriveTasks request) implements RunEvent {}

    /**
     * The tasks below the cursor were looked at for the redrive.
     *
     * @param taken how many were taken up since it was last said
     * @param left the first of those looked at since then that did not succeed and were not taken up
     */
    record RedriveWalked(int cursor, int taken, List<Integer> left) implements RunEvent {}

    /** The time for which the run was held has come. */
    record StartReached() implements RunEvent {}

    record DeadlinePassed() implements RunEvent {}

    /** An open run got no news for too long. */
    record SealOverdue() implements RunEvent {}

    /** The finished run was kept for as long as finished runs are. */
    record RetentionPassed() implements RunEvent {}

    /**
     * More of the run's state was deleted.
     *
     * @param left from where on there may be some; null when only the run's record is left
     */
    record PurgeSwept(@Nullable Purge left) implements RunEvent {}
}
