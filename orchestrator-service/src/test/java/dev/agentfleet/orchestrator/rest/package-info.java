/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.orchestrator.rest;

import org.jspecify.annotations.NullMarked;
