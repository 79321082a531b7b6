package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.AttemptReport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the fleet about attempts.
 *
 * <ol>
 *   <li>Reports of one attempt become visible in the order of the calls.
 *   <li>A call does not block; the report is retried without limit.
 *   <li>{@code onDurable} is called once, on any thread, when the report cannot be lost any more.
 *   <li>When a report fails for good the process ends itself; {@code onDurable} is not called then.
 * </ol>
 */
public interface AttemptReporter {

    /** @param trace W3C trace context of the attempt; null when it is not traced */
    void report(AttemptReport report, @Nullable String trace, Runnable onDurable);

    /** The same of an attempt that was not started. */
    default void report(AttemptReport report, Runnable onDurable) {
        report(report, null, onDurable);
    }
}
