package dev.agentfleet.cli.client;

import java.net.URI;

/** No orchestrator answers, or not yet. The same call may be made again. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean starting;

    UnreachableException(URI server, Throwable cause) {
        super("cannot reach " + server + ": is the fleet up? start it with ./fleet up", cause);
        this.starting = false;
    }

    UnreachableException(URI server, Problem problem) {
        super(server + " cannot serve now: " + problem.explanation());
        this.starting = true;
    }

    /** Whether an orchestrator is there that cannot serve yet. */
    public boolean isStarting() {
        return starting;
    }
}
