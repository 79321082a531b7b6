/**
 * Cuts a run of any size into requests that each fit one record, in bounded memory. Knows neither Kafka nor HTTP: where the
 * requests go is a port.
 */
@NullMarked
package dev.agentfleet.submission;

import org.jspecify.annotations.NullMarked;
