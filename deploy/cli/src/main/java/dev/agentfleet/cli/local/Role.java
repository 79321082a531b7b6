package dev.agentfleet.cli.local;

/** What a child of the local fleet is. They are stopped in this order. */
public enum Role {
    WORKER,
    ORCHESTRATOR,
    BROKER
}
