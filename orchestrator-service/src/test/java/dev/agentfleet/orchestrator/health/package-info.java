/** Tests of the probes. */
@NullMarked
package dev.agentfleet.orchestrator.health;

import org.jspecify.annotations.NullMarked;
