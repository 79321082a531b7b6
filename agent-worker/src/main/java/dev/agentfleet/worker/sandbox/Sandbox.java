package dev.agentfleet.worker.sandbox;

import dev.agentfleet.worker.config.SandboxLevel;

/** Runs programs at one level of separation. Thread-safe. */
public interface Sandbox {

    SandboxLevel level();

    /**
     * Starts a program. Whoever closes it ends all of it and removes what it wrote. Throws
     * {@link dev.agentfleet.agent.AgentFailureException} when this level cannot do what is asked, or the program is not there.
     */
    RunningProgram start(ProgramRequest request) throws InterruptedException;
}
