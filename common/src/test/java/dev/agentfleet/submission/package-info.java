/** Tests of the package of the same name. */
@NullMarked
package dev.agentfleet.submission;

import org.jspecify.annotations.NullMarked;
