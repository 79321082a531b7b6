@NullMarked
package dev.agentfleet.worker.flow;

import org.jspecify.annotations.NullMarked;
