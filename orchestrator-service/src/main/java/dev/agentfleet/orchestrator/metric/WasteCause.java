package dev.agentfleet.orchestrator.metric;

import java.util.Locale;

/** Why an attempt came to nothing. */
enum WasteCause {
    /** It failed, or was stopped at its timeout. */
    FAILED,
    /** Its worker was not heard of, or did not end it in time. */
    WORKER_LOST,
    /** Its worker gave it back. */
    RETURNED,
    /** Its run ended early. */
    STOPPED,
    /** Its result came when it no longer counted. */
    SUPERSEDED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
