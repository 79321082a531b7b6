/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.topology;

import org.jspecify.annotations.NullMarked;
