@NullMarked
package dev.agentfleet.worker.health;

import org.jspecify.annotations.NullMarked;
