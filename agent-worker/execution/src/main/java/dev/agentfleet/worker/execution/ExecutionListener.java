package dev.agentfleet.worker.execution;

import dev.agentfleet.contract.Cost;
import dev.agentfleet.worker.attempt.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of an {@link Execution}. Calls come one at a time, under the execution's lock and in the order in
 * which things happen; they must not block.
 */
public interface ExecutionListener {

    /** It has been running for {@code claim-after}, or is to be claimed earlier. Called at most once, before its conclusion. */
    void claimDue();

    /** What its agent said of its progress while it was running. */
    void progressed(double share, String note);

    /** For how long its clock has stood still, all in all; said while that delays its timeout, once it is claimed. */
    void waited(Duration total);

    /** What its code threw, whatever the verdict will be. */
    void threw(Throwable thrown);

    /**
     * How it concludes; called exactly once.
     *
     * @param cost what its agent said it used up; null when it said nothing
     */
    void concluded(Verdict verdict, Duration ran, @Nullable Cost cost);

    /** Its code did not end within the grace after it was told to stop, and still runs. */
    void overdue();

    /**
     * Its code has ended; called exactly once, after {@link #concluded}.
     *
     * @param late whether it was overdue
     */
    void codeEnded(boolean late);
}
