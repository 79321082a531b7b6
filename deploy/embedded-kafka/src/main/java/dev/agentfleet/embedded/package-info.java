/**
 * The real Kafka broker on the loopback interface, as a process of its own and inside a test; no fleet topic, contract or
 * configuration may be known here.
 */
@NullMarked
package dev.agentfleet.embedded;

import org.jspecify.annotations.NullMarked;
