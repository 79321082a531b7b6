package dev.agentfleet.orchestrator.peer;

import java.util.Optional;

/** On whose behalf other orchestrators are asked: of whoever asked this one. */
@FunctionalInterface
public interface Credentials {

    /** What the Authorization header of the request that is answered now says. */
    Optional<String> authorization();
}
