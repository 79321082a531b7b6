package dev.agentfleet.worker.runtime;

/** Where a record lies. */
public record RecordPosition(String topic, int partition, long offset) {}
