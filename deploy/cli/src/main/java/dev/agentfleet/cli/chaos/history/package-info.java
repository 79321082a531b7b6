/** What happened, as data: what was sent, what Kafka holds, what tasks wrote down, what faults struck. No Kafka client, no judgement. */
@NullMarked
package dev.agentfleet.cli.chaos.history;

import org.jspecify.annotations.NullMarked;
