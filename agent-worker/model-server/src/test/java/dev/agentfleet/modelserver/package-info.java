@NullMarked
package dev.agentfleet.modelserver;

import org.jspecify.annotations.NullMarked;
