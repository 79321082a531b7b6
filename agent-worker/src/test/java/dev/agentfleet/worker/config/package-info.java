@NullMarked
package dev.agentfleet.worker.config;

import org.jspecify.annotations.NullMarked;
