/**
 * Calls of language models: one narrow port, what its errors mean, retries within an attempt, cost, and answers that keep
 * to a JSON schema. Agents use {@link dev.agentfleet.worker.llm.Models}. Nothing here knows a provider's library; the
 * adapters live in packages of their own.
 */
@NullMarked
package dev.agentfleet.worker.llm;

import org.jspecify.annotations.NullMarked;
