package dev.agentfleet.worker.agents.test;

/** A file that is no JUnit XML. The message says why and quotes nothing of it. */
final class UnreadableReportException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableReportException(String rule) {
        super(rule);
    }
}
