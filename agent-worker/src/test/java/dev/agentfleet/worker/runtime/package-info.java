@NullMarked
package dev.agentfleet.worker.runtime;

import org.jspecify.annotations.NullMarked;
