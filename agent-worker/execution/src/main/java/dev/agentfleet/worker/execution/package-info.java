/**
 * Runs the code of one attempt: reads its input, calls the agent, writes its output, stops it in time. Neither Kafka nor CDI
 * nor Quarkus: an agent's unit test runs the same classes.
 */
@NullMarked
package dev.agentfleet.worker.execution;

import org.jspecify.annotations.NullMarked;
