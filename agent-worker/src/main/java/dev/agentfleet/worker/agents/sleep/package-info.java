/** The agent {@code sleep}: stands in for work that takes time. Nothing else. */
@NullMarked
package dev.agentfleet.worker.agents.sleep;

import org.jspecify.annotations.NullMarked;
