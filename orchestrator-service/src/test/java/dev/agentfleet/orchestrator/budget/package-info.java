/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.budget;

import org.jspecify.annotations.NullMarked;
