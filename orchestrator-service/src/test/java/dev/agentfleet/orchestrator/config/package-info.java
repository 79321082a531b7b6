/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.config;

import org.jspecify.annotations.NullMarked;
