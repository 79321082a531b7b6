/** Calls that wait for their lane's quota, and the permits they get: the worker's half of ADR 41. No Kafka here. */
@NullMarked
package dev.agentfleet.worker.quota;

import org.jspecify.annotations.NullMarked;
