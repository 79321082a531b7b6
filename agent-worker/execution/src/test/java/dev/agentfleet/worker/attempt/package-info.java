@NullMarked
package dev.agentfleet.worker.attempt;

import org.jspecify.annotations.NullMarked;
