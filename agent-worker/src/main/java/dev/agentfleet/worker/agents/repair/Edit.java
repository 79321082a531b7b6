package dev.agentfleet.worker.agents.repair;

/**
 * One exact change.
 *
 * @param file its path
 * @param find what stands there now, exactly once in the whole file
 * @param replace what shall stand there instead
 */
public record Edit(String file, String find, String replace) {}
