/** What a service asks before it makes its first client of Kafka. */
@NullMarked
package dev.agentfleet.bootstrap;

import org.jspecify.annotations.NullMarked;
