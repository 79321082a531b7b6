/** Every configuration key of the worker and the rules their values must keep. Nothing else reads configuration. */
@NullMarked
package dev.agentfleet.worker.config;

import org.jspecify.annotations.NullMarked;
