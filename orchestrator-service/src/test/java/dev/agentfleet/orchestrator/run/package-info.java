/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.run;

import org.jspecify.annotations.NullMarked;
