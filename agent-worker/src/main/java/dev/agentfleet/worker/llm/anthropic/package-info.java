/** Anthropic's models over Anthropic's own library. Nothing else imports that library. */
@NullMarked
package dev.agentfleet.worker.llm.anthropic;

import org.jspecify.annotations.NullMarked;
