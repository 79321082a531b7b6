/**
 * Who may use how much of a lane, and when: a pure state machine per lane. No clock, randomness, log, metric or I/O here; time
 * comes with each event.
 */
@NullMarked
package dev.agentfleet.orchestrator.quota;

import org.jspecify.annotations.NullMarked;
