/** Good and bad histories by hand: the checker is only worth what it catches. */
@NullMarked
package dev.agentfleet.cli.chaos.check;

import org.jspecify.annotations.NullMarked;
