/**
 * Text for people: tables, durations, descriptions of runs and tasks, the terminal; no I/O but the terminal's.
 */
@NullMarked
package dev.agentfleet.cli.view;

import org.jspecify.annotations.NullMarked;
