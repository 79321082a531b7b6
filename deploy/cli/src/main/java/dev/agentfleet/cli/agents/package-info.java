/** Jars with agents of other authors, as files: looks into them without loading a class. Starts nothing. */
@NullMarked
package dev.agentfleet.cli.agents;

import org.jspecify.annotations.NullMarked;
