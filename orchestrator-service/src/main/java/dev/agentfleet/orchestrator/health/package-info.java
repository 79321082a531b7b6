/** What the probes say: live means that stream threads work, ready means that this process answers for its partitions. */
@NullMarked
package dev.agentfleet.orchestrator.health;

import org.jspecify.annotations.NullMarked;
