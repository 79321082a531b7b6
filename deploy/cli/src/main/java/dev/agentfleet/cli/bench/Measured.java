package dev.agentfleet.cli.bench;

/** A figure and its baseline, taken in the same round. */
record Measured(double value, double baseline) {}
