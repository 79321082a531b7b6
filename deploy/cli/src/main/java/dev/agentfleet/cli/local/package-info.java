/**
 * A fleet on this machine, as child processes with state under one directory: the only package that starts processes.
 */
@NullMarked
package dev.agentfleet.cli.local;

import org.jspecify.annotations.NullMarked;
