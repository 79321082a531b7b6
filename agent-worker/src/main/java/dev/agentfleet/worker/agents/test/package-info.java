/** The agent {@code test}: runs a project's tests in the sandbox, and says how they went. */
@NullMarked
package dev.agentfleet.worker.agents.test;

import org.jspecify.annotations.NullMarked;
