@NullMarked
package dev.agentfleet.worker.agents;

import org.jspecify.annotations.NullMarked;
