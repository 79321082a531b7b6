@NullMarked
package dev.agentfleet.worker.llm.recorded;

import org.jspecify.annotations.NullMarked;
