/** Tests of the metrics' names and of what is generated from them. */
@NullMarked
package dev.agentfleet.metric;

import org.jspecify.annotations.NullMarked;
