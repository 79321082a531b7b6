@NullMarked
package dev.agentfleet.cli.client;

import org.jspecify.annotations.NullMarked;
