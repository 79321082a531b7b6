/** Tests of the whole module: its walls. */
@NullMarked
package dev.agentfleet;

import org.jspecify.annotations.NullMarked;
