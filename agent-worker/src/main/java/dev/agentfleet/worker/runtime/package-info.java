/**
 * Runs attempts: slots, virtual threads, agents, deadlines, cancelling and draining. Knows the outside only through the
 * interfaces declared here; no Kafka and no Reactive Messaging.
 */
@NullMarked
package dev.agentfleet.worker.runtime;

import org.jspecify.annotations.NullMarked;
