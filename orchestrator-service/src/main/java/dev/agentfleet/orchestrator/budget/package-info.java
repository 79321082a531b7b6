/**
 * What runs with a budget have spent and reserved of it. No clock, randomness, log, metric or I/O here; time comes with each event,
 * and what is kept goes through a port.
 */
@NullMarked
package dev.agentfleet.orchestrator.budget;

import org.jspecify.annotations.NullMarked;
