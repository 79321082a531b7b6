/** The REST surface: reads bodies, writes requests to Kafka, answers from the queries. Holds no state and decides nothing. */
@NullMarked
package dev.agentfleet.orchestrator.rest;

import org.jspecify.annotations.NullMarked;
