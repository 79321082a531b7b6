/**
 * One class per command: flags in, exit code out; no HTTP, no process and no formatting rule may live here.
 */
@NullMarked
package dev.agentfleet.cli.command;

import org.jspecify.annotations.NullMarked;
