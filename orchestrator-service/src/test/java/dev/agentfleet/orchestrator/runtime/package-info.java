/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.runtime;

import org.jspecify.annotations.NullMarked;
