/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.worker.quota;

import org.jspecify.annotations.NullMarked;
