@NullMarked
package dev.agentfleet.orchestrator.access;

import org.jspecify.annotations.NullMarked;
