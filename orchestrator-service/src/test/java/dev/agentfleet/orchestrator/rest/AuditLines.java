package dev.agentfleet.orchestrator.rest;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the audit log says, from now on until it is closed. */
final class AuditLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(AuditLog.CATEGORY);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    AuditLines() {
        logger.addHandler(this);
    }

    /** Those about a run. */
    List<String> about(String run) {
        return lines.stream().filter(line -> line.contains("runId=" + run)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(String.format(Locale.ROOT, line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
