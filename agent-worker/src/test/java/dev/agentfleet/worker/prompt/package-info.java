@NullMarked
package dev.agentfleet.worker.prompt;

import org.jspecify.annotations.NullMarked;
