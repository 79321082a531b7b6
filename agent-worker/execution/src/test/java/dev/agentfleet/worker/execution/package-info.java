@NullMarked
package dev.agentfleet.worker.execution;

import org.jspecify.annotations.NullMarked;
