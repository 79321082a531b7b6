/**
 * The program itself: its root command and main method; what a command does lives with that command.
 */
@NullMarked
package dev.agentfleet.cli;

import org.jspecify.annotations.NullMarked;
