/** The chart as Kubernetes and the services will meet it: rendered with values files, and each object looked at. */
@NullMarked
package dev.agentfleet.kubernetes;

import org.jspecify.annotations.NullMarked;
