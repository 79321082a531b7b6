/** The process: how it starts, drains and ends. What it does in between lives in the packages below. */
@NullMarked
package dev.agentfleet.worker;

import org.jspecify.annotations.NullMarked;
