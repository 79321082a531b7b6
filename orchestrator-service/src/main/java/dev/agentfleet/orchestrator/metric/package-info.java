/** What this process measures: bound to the registry, read when the page is scraped. Decides nothing. */
@NullMarked
package dev.agentfleet.orchestrator.metric;

import org.jspecify.annotations.NullMarked;
