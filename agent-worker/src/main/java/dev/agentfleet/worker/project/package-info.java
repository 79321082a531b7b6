/** A small project that a task carries along: its files, and how its tests went. Knows neither models nor sandboxes. */
@NullMarked
package dev.agentfleet.worker.project;

import org.jspecify.annotations.NullMarked;
