/** Redriving what lies in the dead letters, of whatever runs; asks owners only through a function, and sends nothing itself. */
@NullMarked
package dev.agentfleet.orchestrator.redrive;

import org.jspecify.annotations.NullMarked;
