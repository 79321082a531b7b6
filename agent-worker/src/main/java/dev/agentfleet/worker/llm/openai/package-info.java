/** Every server that speaks OpenAI's chat completions, over OpenAI's own library. Nothing else imports that library. */
@NullMarked
package dev.agentfleet.worker.llm.openai;

import org.jspecify.annotations.NullMarked;
