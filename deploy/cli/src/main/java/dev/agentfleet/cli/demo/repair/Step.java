package dev.agentfleet.cli.demo.repair;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.contract.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run of the demonstration.
 *
 * @param output of its only task; absent when that did not succeed
 * @param cost what its attempts used up, where the agent said so
 */
record Step(@Nullable JsonNode output, @Nullable Cost cost) {}
