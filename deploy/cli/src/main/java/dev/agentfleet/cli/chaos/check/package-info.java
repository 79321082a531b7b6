/** What must hold after any fault, judged from a history alone: pure, without clock, randomness, I/O or Kafka. */
@NullMarked
package dev.agentfleet.cli.chaos.check;

import org.jspecify.annotations.NullMarked;
