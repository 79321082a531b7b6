/** The agent {@code llm}: a prompt of the task's own, and the model's answer. */
@NullMarked
package dev.agentfleet.worker.agents.llm;

import org.jspecify.annotations.NullMarked;
