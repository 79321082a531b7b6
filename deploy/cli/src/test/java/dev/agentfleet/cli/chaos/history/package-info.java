/** Reading what happened. */
@NullMarked
package dev.agentfleet.cli.chaos.history;

import org.jspecify.annotations.NullMarked;
