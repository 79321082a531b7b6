/** Tests of the whole module: its walls. */
@NullMarked
package dev.agentfleet.orchestrator;

import org.jspecify.annotations.NullMarked;
