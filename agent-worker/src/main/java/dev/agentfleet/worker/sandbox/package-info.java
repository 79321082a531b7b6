/**
 * Programs of tasks: how they are kept apart from the worker, what they may use, what goes in and comes out, and their end.
 * Nothing else starts processes; no agent lives here.
 */
@NullMarked
package dev.agentfleet.worker.sandbox;

import org.jspecify.annotations.NullMarked;
