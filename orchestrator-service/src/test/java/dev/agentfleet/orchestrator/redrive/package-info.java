/** Tests of redriving across runs. */
@NullMarked
package dev.agentfleet.orchestrator.redrive;

import org.jspecify.annotations.NullMarked;
