/** A producer as it may stand in any Java program: Kafka's own client and the contract, nothing of the fleet's services. */
@NullMarked
package dev.agentfleet.examples.producer;

import org.jspecify.annotations.NullMarked;
