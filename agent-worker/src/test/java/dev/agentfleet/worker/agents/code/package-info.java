@NullMarked
package dev.agentfleet.worker.agents.code;

import org.jspecify.annotations.NullMarked;
