/** Tests of what is measured. */
@NullMarked
package dev.agentfleet.orchestrator.metric;

import org.jspecify.annotations.NullMarked;
