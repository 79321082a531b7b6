package dev.agentfleet.orchestrator.peer;

import java.net.URI;

/** Who holds the state of a home partition. */
public sealed interface Owner {

    /** This process. */
    record Here() implements Owner {}

    /** Another orchestrator, reached there. */
    record Peer(URI url) implements Owner {}

    /** Nobody now: it moves, or its owner has just died. */
    record Nobody() implements Owner {}
}
