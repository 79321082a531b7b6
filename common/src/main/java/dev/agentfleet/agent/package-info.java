/**
 * The agent SPI: what an author implements and what an agent may ask of the worker that runs it. Imports nothing else of
 * the fleet.
 */
@NullMarked
package dev.agentfleet.agent;

import org.jspecify.annotations.NullMarked;
