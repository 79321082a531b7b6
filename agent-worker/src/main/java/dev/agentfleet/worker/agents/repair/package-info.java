/** The agent {@code repair}: exact edits by a model, applied all or not at all. */
@NullMarked
package dev.agentfleet.worker.agents.repair;

import org.jspecify.annotations.NullMarked;
