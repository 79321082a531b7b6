@NullMarked
package dev.agentfleet.worker;

import org.jspecify.annotations.NullMarked;
