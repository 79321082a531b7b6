/**
 * Starts, watches and stops the orchestrator's parts in their order, and wires them. No decision about runs or tasks and
 * no record handling live here.
 */
@NullMarked
package dev.agentfleet.orchestrator.runtime;

import org.jspecify.annotations.NullMarked;
