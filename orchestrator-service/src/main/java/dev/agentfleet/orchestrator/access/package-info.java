/** Who may do what over REST, and where REST may be open to everybody. Pure: knows no HTTP server and no token. */
@NullMarked
package dev.agentfleet.orchestrator.access;

import org.jspecify.annotations.NullMarked;
