/** The worker's side of every topic: adapters between Kafka and {@code worker.runtime}. No decision about attempts. */
@NullMarked
package dev.agentfleet.worker.kafka;

import org.jspecify.annotations.NullMarked;
