/** Health probes that mean progress. None of them asks whether Kafka can be reached. */
@NullMarked
package dev.agentfleet.worker.health;

import org.jspecify.annotations.NullMarked;
