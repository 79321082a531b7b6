/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
