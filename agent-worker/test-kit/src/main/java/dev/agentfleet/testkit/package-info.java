/**
 * For the unit tests of agents: runs one attempt with the worker's own code, without Kafka, CDI or Quarkus. Knows nothing
 * of how a worker gets its tasks.
 */
@NullMarked
package dev.agentfleet.testkit;

import org.jspecify.annotations.NullMarked;
