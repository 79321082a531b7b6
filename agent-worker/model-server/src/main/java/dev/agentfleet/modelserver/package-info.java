/** A server that answers like the APIs of Anthropic and OpenAI, as a script says. For tests and demos; knows no part of the fleet. */
@NullMarked
package dev.agentfleet.modelserver;

import org.jspecify.annotations.NullMarked;
