/**
 * The life of a run and of a task as pure functions: state and event in, next state and effects out. No clock, no
 * randomness, no I/O, no Kafka, no log may live here.
 */
@NullMarked
package dev.agentfleet.orchestrator.run;

import org.jspecify.annotations.NullMarked;
