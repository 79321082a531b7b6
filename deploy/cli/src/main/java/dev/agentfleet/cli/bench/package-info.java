/**
 * Measures a fleet of its own and raw Kafka beside it. Speaks to the fleet's topics as any client does; nothing else of the
 * command line may depend on it but its command.
 */
@NullMarked
package dev.agentfleet.cli.bench;

import org.jspecify.annotations.NullMarked;
