/** The agent {@code echo}: for trying out a fleet. Nothing else. */
@NullMarked
package dev.agentfleet.worker.agents.echo;

import org.jspecify.annotations.NullMarked;
