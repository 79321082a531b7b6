@NullMarked
package dev.agentfleet.worker.agents.test;

import org.jspecify.annotations.NullMarked;
