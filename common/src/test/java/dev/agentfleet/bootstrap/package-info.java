@NullMarked
package dev.agentfleet.bootstrap;

import org.jspecify.annotations.NullMarked;
