/** Tests of the wire contract, its samples and golden files. */
@NullMarked
package dev.agentfleet.contract;

import org.jspecify.annotations.NullMarked;
