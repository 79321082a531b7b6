/**
 * The Kafka Streams application: brings records to their home partition and gives its decisions a store and a way out,
 * all in one transaction. Decides nothing about runs or tasks itself.
 */
@NullMarked
package dev.agentfleet.orchestrator.topology;

import org.jspecify.annotations.NullMarked;
