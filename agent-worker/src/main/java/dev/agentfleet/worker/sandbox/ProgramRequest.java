package dev.agentfleet.worker.sandbox;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run.
 *
 * @param argv the program and its arguments
 * @param environment all the variables it gets, {@code PATH} among them
 * @param stdin what it reads; absent: nothing
 * @param place where it works
 * @param limits what it asks for; what is absent is the worker's to say
 * @param network whether it needs the machine's network
 * @param maxOutput bytes kept of each of stdout and stderr
 */
public record ProgramRequest(
        List<String> argv,
        Map<String, String> environment,
        @Nullable String stdin,
        Workplace place,
        Limits limits,
        boolean network,
        int maxOutput) {

    /** Where programs are looked for when a task says nothing. */
    public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    public ProgramRequest {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }
}
