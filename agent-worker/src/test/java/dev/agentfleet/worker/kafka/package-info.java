@NullMarked
package dev.agentfleet.worker.kafka;

import org.jspecify.annotations.NullMarked;
