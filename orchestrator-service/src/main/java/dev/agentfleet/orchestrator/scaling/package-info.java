/**
 * How many workers a pool needs, and what that follows from. Counts nothing and asks nobody: it is given what the home
 * partitions have to do and what the workers say.
 */
@NullMarked
package dev.agentfleet.orchestrator.scaling;

import org.jspecify.annotations.NullMarked;
