/** Tests of who answers. */
@NullMarked
package dev.agentfleet.orchestrator.peer;

import org.jspecify.annotations.NullMarked;
