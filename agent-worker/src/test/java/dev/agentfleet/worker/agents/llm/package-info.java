@NullMarked
package dev.agentfleet.worker.agents.llm;

import org.jspecify.annotations.NullMarked;
