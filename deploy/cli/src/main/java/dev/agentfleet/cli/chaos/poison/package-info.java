/** Records made to do harm: a catalogue, and seeded mutations of valid ones. Bytes only; nothing here is sent. */
@NullMarked
package dev.agentfleet.cli.chaos.poison;

import org.jspecify.annotations.NullMarked;
