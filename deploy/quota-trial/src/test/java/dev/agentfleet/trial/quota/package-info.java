/** The owner of the quotas and workers' halves on a real broker, in one process. */
@NullMarked
package dev.agentfleet.trial.quota;

import org.jspecify.annotations.NullMarked;
