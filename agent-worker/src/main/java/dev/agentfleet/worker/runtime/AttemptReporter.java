package dev.agentfleet.worker.runtime;

import dev.agentfleet.contract.AttemptReport;

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

    void report(AttemptReport report, Runnable onDurable);
}
