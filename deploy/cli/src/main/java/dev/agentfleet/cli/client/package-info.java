/**
 * The REST client of the orchestrator: the only package that speaks HTTP; it prints nothing.
 */
@NullMarked
package dev.agentfleet.cli.client;

import org.jspecify.annotations.NullMarked;
