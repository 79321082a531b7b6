/** Every key an operator may set, with its default and rule. No behaviour beyond that may live here. */
@NullMarked
package dev.agentfleet.orchestrator.config;

import org.jspecify.annotations.NullMarked;
