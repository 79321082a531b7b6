/**
 * The wire contract: every record on a fleet topic as a Java record, and the one JSON set-up that reads and writes them.
 * No Kafka, no CDI, no behaviour beyond validation may live here.
 */
@NullMarked
package dev.agentfleet.contract;

import org.jspecify.annotations.NullMarked;
