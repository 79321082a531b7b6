package dev.agentfleet.modelserver;

/** The model answers with this text. */
public record Answer(String text) implements Scripted {}
