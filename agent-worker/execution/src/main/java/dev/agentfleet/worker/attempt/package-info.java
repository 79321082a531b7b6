/**
 * What becomes of one attempt: admission, states, events and the verdict that is reported, as pure functions. No clock,
 * randomness, log, thread, Kafka or CDI.
 */
@NullMarked
package dev.agentfleet.worker.attempt;

import org.jspecify.annotations.NullMarked;
