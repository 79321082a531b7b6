package dev.agentfleet.cli.agents;

/** A jar, or a directory of jars, from which a worker can take no agent; the message says why. */
public final class InvalidAgentJarException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidAgentJarException(String message) {
        super(message);
    }
}
