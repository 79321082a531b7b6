/** What a client may read of runs and tasks, answered from the stores of this process. Changes nothing. */
@NullMarked
package dev.agentfleet.orchestrator.query;

import org.jspecify.annotations.NullMarked;
