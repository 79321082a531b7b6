/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.partition;

import org.jspecify.annotations.NullMarked;
