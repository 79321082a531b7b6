/** Which orchestrator owns what is asked for, and asking it; without it, each would answer only for what it holds. */
@NullMarked
package dev.agentfleet.orchestrator.peer;

import org.jspecify.annotations.NullMarked;
