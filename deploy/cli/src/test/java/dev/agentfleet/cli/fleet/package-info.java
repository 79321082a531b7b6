/** Tests of the whole fleet as real processes on a real broker, seen from outside: REST, topics, and files tasks leave. */
@NullMarked
package dev.agentfleet.cli.fleet;

import org.jspecify.annotations.NullMarked;
