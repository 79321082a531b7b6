/**
 * What agents ask models with: templates, versioned prompts, and answers that are looked at before they count. Knows no
 * agent and no provider.
 */
@NullMarked
package dev.agentfleet.worker.prompt;

import org.jspecify.annotations.NullMarked;
