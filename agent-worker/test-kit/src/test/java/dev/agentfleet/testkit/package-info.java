@NullMarked
package dev.agentfleet.testkit;

import org.jspecify.annotations.NullMarked;
