/** The fault harness: a fleet of real processes, faults that strike it, work that goes on meanwhile, and what came of it. */
@NullMarked
package dev.agentfleet.cli.chaos;

import org.jspecify.annotations.NullMarked;
