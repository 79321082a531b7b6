@NullMarked
package dev.agentfleet.worker.agents.repair;

import org.jspecify.annotations.NullMarked;
