/** Answers from exchanges that lie in files, for demos and tests, and how such files are written. */
@NullMarked
package dev.agentfleet.worker.llm.recorded;

import org.jspecify.annotations.NullMarked;
