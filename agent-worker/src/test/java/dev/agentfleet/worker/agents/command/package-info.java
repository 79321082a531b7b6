@NullMarked
package dev.agentfleet.worker.agents.command;

import org.jspecify.annotations.NullMarked;
