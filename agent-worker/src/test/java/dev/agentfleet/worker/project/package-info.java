@NullMarked
package dev.agentfleet.worker.project;

import org.jspecify.annotations.NullMarked;
