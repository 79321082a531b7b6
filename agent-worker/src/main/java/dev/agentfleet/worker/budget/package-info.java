/** Calls that reserve a part of their run's budget before they are made: the worker's half of ADR 44. No Kafka here. */
@NullMarked
package dev.agentfleet.worker.budget;

import org.jspecify.annotations.NullMarked;
