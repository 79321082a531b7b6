/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.query;

import org.jspecify.annotations.NullMarked;
