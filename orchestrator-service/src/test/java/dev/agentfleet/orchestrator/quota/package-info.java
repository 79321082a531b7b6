/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.quota;

import org.jspecify.annotations.NullMarked;
