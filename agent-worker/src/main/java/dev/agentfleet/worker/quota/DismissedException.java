package dev.agentfleet.worker.quota;

import dev.agentfleet.contract.Lane;

/** A call that waited for its lane and was sent away: see {@link Quota#dismiss}. */
public final class DismissedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DismissedException(Lane lane) {
        super("waits no longer for lane " + lane);
    }
}
