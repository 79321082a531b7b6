/**
 * What happens on one home partition: decisions applied to its store, its timers, its window into the tasks topics and
 * its slices of longer work. One thread at a time; time comes with every call. No Kafka, no clock and no randomness may
 * live here: the store, the outbox and the window are ports.
 */
@NullMarked
package dev.agentfleet.orchestrator.partition;

import org.jspecify.annotations.NullMarked;
