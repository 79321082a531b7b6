/** The agent {@code command}: programs, their limits and their end. Nothing else starts processes. */
@NullMarked
package dev.agentfleet.worker.agents.command;

import org.jspecify.annotations.NullMarked;
