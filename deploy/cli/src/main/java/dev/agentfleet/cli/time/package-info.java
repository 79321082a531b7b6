/**
 * The clock and the only sleep of the command line, so that tests can drive both.
 */
@NullMarked
package dev.agentfleet.cli.time;

import org.jspecify.annotations.NullMarked;
