package dev.agentfleet.worker.sandbox;

import java.nio.file.Path;

/** Where a program works. */
public sealed interface Workplace {

    /** In a directory of its own, which is removed afterwards. */
    record Own(InputFiles inputs) implements Workplace {}

    /** In one of the worker's machine, which stays. */
    record Existing(Path directory) implements Workplace {}
}
