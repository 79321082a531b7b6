package dev.agentfleet.worker;

import dev.agentfleet.worker.runtime.ProcessEnd;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Halts the JVM. No orderly shutdown: it would wait for slots that can never be free again. */
@Singleton
final class HaltingProcessEnd implements ProcessEnd {

    private static final Logger LOG = Logger.getLogger(HaltingProcessEnd.class);
    private static final int EXIT_CODE = 70;

    @Override
    public void now(String why, Throwable cause) {
        LOG.fatal(why + "; this worker ends, what it had not acknowledged runs elsewhere", cause);
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
