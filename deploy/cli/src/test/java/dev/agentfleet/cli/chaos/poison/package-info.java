/** That the same seed makes the same poison. */
@NullMarked
package dev.agentfleet.cli.chaos.poison;

import org.jspecify.annotations.NullMarked;
