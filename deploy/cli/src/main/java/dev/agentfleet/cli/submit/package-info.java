/**
 * From what a user typed, filed or piped to runs and chunks of tasks; nothing here knows HTTP.
 */
@NullMarked
package dev.agentfleet.cli.submit;

import org.jspecify.annotations.NullMarked;
