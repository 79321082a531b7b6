package dev.agentfleet.worker.agents.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code command} gets.
 *
 * @param argv the program and its arguments, passed on as they are: no shell reads them
 * @param directory where it runs; absent: the configured root, or else the system's directory for temporary files
 * @param environment the variables it sees; {@code PATH} is added when missing, and {@code FLEET_TASK_ID}, {@code
 *     FLEET_ATTEMPT} and {@code FLEET_WORKER_ID} always
 * @param timeout how long it may run, within the task's own timeout
 * @param stdin what it reads; absent: nothing
 * @param allowFailure true: an exit code other than 0 is an output like any other; otherwise, the attempt fails
 *     with code {@code EXIT_<code>} and the run's retry policy decides
 */
public record CommandInput(
        List<String> argv,
        @Nullable String directory,
        @Nullable Map<String, String> environment,
        @Nullable Duration timeout,
        @Nullable String stdin,
        @Nullable Boolean allowFailure) {

    public CommandInput {
        argv = List.copyOf(argv);
        environment = environment == null ? null : Map.copyOf(environment);
        require(!argv.isEmpty() && !argv.getFirst().isEmpty(), "argv must name a program");
        require(argv.stream().noneMatch(CommandInput::hasNul), "argv must not contain the character NUL");
        require(directory == null || !hasNul(directory), "directory must not contain the character NUL");
        require(timeout == null || timeout.isPositive(), "timeout must be more than zero");
        if (environment != null) {
            environment.forEach((name, value) -> {
                require(
                        !name.isEmpty() && name.indexOf('=') < 0 && !hasNul(name),
                        "names in environment must not be empty or contain = or NUL");
                require(!hasNul(value), "values in environment must not contain the character NUL");
            });
        }
    }

    boolean mayFail() {
        return Boolean.TRUE.equals(allowFailure);
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
