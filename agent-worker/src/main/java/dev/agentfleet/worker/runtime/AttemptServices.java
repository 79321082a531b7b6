package dev.agentfleet.worker.runtime;

import dev.agentfleet.worker.attempt.Reports;
import dev.agentfleet.worker.config.WorkerConfig;
import dev.agentfleet.worker.execution.AttemptTimes;
import dev.agentfleet.worker.execution.Ticker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What every live attempt of a worker uses. */
record AttemptServices(
        Slots slots,
        LiveAttempts live,
        AttemptReporter reporter,
        Reports reports,
        AttemptJournal journal,
        AttemptSpans spans,
        Ticker ticker,
        AttemptTimes times,
        Failpoints failpoints) {

    @Singleton
    static final class Producer {
        @Produces
        @Singleton
        AttemptServices services(
                Slots slots,
                LiveAttempts live,
                AttemptReporter reporter,
                WorkerIdentity identity,
                AttemptJournal journal,
                AttemptSpans spans,
                Ticker ticker,
                WorkerConfig config,
                Failpoints failpoints) {
            var reports = new Reports(identity.workerId());
            var times = AttemptTimes.of(config.claimAfter(), config.stopGrace());
            return new AttemptServices(slots, live, reporter, reports, journal, spans, ticker, times, failpoints);
        }
    }
}
