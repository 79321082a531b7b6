package dev.agentfleet.agent;

/**
 * Tokens of one or more calls of a model, 0 to 10<sup>12</sup> each.
 *
 * @param input all that were sent, those of the cache included
 * @param output received
 * @param cacheRead those of the input that the provider read from its cache
 * @param cacheWrite those of the input that the provider wrote to its cache
 */
public record Tokens(long input, long output, long cacheRead, long cacheWrite) {}
