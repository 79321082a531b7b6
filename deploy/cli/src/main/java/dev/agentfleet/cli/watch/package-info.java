/**
 * Following a run until it ends: polling, rate, progress line; nothing here changes a run.
 */
@NullMarked
package dev.agentfleet.cli.watch;

import org.jspecify.annotations.NullMarked;
