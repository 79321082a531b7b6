package dev.agentfleet.modelserver;

/** What the server does with one call. */
public sealed interface Scripted permits Answer, Mishap {}
