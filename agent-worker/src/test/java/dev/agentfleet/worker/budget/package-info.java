/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.worker.budget;

import org.jspecify.annotations.NullMarked;
