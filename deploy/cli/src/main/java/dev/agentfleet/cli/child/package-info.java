/**
 * The entry point of a service that must not outlive the command line; it stands on that service's class path, so only the JDK may be used here.
 */
@NullMarked
package dev.agentfleet.cli.child;

import org.jspecify.annotations.NullMarked;
