/** The agent {@code diagnostic}: finds out why tests fail. */
@NullMarked
package dev.agentfleet.worker.agents.diagnostic;

import org.jspecify.annotations.NullMarked;
