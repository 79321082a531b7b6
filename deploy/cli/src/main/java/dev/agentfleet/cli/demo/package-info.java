/**
 * The demonstration: a real batch over the files of a directory and totals that standard tools can check.
 */
@NullMarked
package dev.agentfleet.cli.demo;

import org.jspecify.annotations.NullMarked;
