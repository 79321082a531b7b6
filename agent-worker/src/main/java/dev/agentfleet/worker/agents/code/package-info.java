/** The agent {@code code}: writes the files a description asks for. */
@NullMarked
package dev.agentfleet.worker.agents.code;

import org.jspecify.annotations.NullMarked;
