package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the file of a program as a shell would, so that a missing one is told from one that fails. */
final class Program {

    private Program() {}

    static Path find(String name, Path directory, String searchPath) {
        try {
            Stream<Path> places = name.indexOf('/') >= 0
                    ? Stream.of(directory.resolve(name))
                    : Stream.of(searchPath.split(":"))
                            .map(place -> directory.resolve(place).resolve(name));
            var files = places.filter(Files::isRegularFile).toList();
            if (files.isEmpty()) {
                throw missing();
            }
            return files.stream().filter(Files::isExecutable).findFirst().orElseThrow(Program::notExecutable);
        } catch (InvalidPathException e) {
            throw AgentFailureException.permanent("COMMAND_NOT_FOUND", "argv[0]: is no file name here")
                    .causedBy(e);
        }
    }

    static AgentFailureException missing() {
        return AgentFailureException.permanent("COMMAND_NOT_FOUND", "argv[0]: no such program on this worker");
    }

    static AgentFailureException notExecutable() {
        return AgentFailureException.permanent(
                "COMMAND_NOT_EXECUTABLE", "argv[0]: the worker may not execute this file");
    }
}
