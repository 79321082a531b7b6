/** Agents that look at texts. */
@NullMarked
package org.acme;

import org.jspecify.annotations.NullMarked;
