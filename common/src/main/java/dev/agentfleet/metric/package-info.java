/** What the fleet's processes measure, as data: names, kinds and meanings. How it is measured lives with each process. */
@NullMarked
package dev.agentfleet.metric;

import org.jspecify.annotations.NullMarked;
