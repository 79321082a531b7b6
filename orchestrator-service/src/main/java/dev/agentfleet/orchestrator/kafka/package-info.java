/**
 * The orchestrator's plain Kafka clients: topics are created, heartbeats read, requests of the REST surface written. No
 * stream processing and no decisions live here.
 */
@NullMarked
package dev.agentfleet.orchestrator.kafka;

import org.jspecify.annotations.NullMarked;
