@NullMarked
package dev.agentfleet.worker.sandbox;

import org.jspecify.annotations.NullMarked;
