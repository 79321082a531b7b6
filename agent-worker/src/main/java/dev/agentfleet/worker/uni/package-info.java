/** Lets the end of an attempt reach an agent's {@code Uni} through the fault-tolerance annotations around it. Decides nothing. */
@NullMarked
package dev.agentfleet.worker.uni;

import org.jspecify.annotations.NullMarked;
