@NullMarked
package dev.agentfleet.worker.llm;

import org.jspecify.annotations.NullMarked;
