/** The demonstration of agents that work on code: tests that fail, are diagnosed and repaired, and then pass. */
@NullMarked
package dev.agentfleet.cli.demo.repair;

import org.jspecify.annotations.NullMarked;
