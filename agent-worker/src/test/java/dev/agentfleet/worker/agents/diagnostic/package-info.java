@NullMarked
package dev.agentfleet.worker.agents.diagnostic;

import org.jspecify.annotations.NullMarked;
