/** The fault harness at work, in the bounded form that every build can afford. */
@NullMarked
package dev.agentfleet.cli.chaos;

import org.jspecify.annotations.NullMarked;
