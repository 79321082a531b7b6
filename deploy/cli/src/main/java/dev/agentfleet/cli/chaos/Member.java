package dev.agentfleet.cli.chaos;

import dev.agentfleet.cli.local.Role;
import java.util.OptionalInt;

/** One broker, orchestrator or worker of a {@link Deployment}, from one start to its end. */
interface Member {

    String name();

    Role role();

    /** No other member has it, whatever its name. */
    long number();

    /** A paused one is alive. */
    boolean isAlive();

    /** Whether it has said that its start is over. */
    boolean serves();

    /** As a shell would show it; empty while it runs. */
    OptionalInt exitCode();
}
