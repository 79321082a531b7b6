/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.kafka;

import org.jspecify.annotations.NullMarked;
