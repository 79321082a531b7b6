/**
 * What the orchestrator knows of the workers, and how much work it therefore keeps in front of them. All of it is
 * advice held in memory; nothing here is state of a run.
 */
@NullMarked
package dev.agentfleet.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
