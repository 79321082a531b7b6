package dev.agentfleet.worker.agents.command;

import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.sandbox.FileContent;
import dev.agentfleet.worker.sandbox.InputFiles;
import dev.agentfleet.worker.sandbox.InputTree;
import dev.agentfleet.worker.sandbox.Limits;
import dev.agentfleet.worker.sandbox.OutputFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code command} gets.
 *
 * @param argv the program and its arguments, passed on as they are: no shell reads them
 * @param directory where it runs on a worker without a sandbox; absent: the configured root, or else the system's
 *     directory for temporary files. In a sandbox, and with input files, it runs in a directory of its own
 * @param environment the variables it sees; {@code PATH} is added when missing, and {@code FLEET_TASK_ID}, {@code
 *     FLEET_ATTEMPT} and {@code FLEET_WORKER_ID} always
 * @param timeout how long it may run, within the task's own timeout
 * @param stdin what it reads; absent: nothing
 * @param allowFailure true: an exit code other than 0 is an output like any other; otherwise, the attempt fails
 *     with code {@code EXIT_<code>} and the run's retry policy decides
 * @param files what is in its directory when it starts, by relative path
 * @param inputDirectory what is copied there besides, links not followed: a path below the worker's {@code
 *     fleet.worker.sandbox.input-root}
 * @param outputs files it must leave behind, to be returned
 * @param network whether it needs the network; a worker with a sandbox may refuse
 * @param sandbox the least level at which it may run: {@code none} or {@code bwrap}; absent: any
 * @param limits what it may use, where that is less than what the worker gives
 */
public record CommandInput(
        List<String> argv,
        @Nullable String directory,
        @Nullable Map<String, String> environment,
        @Nullable Duration timeout,
        @Nullable String stdin,
        @Nullable Boolean allowFailure,
        @Nullable Map<String, FileContent> files,
        @Nullable String inputDirectory,
        @Nullable List<OutputFile> outputs,
        @Nullable Boolean network,
        @Nullable String sandbox,
        @Nullable Limits limits) {

    private static final int MAX_OUTPUTS = 100;

    public CommandInput {
        argv = List.copyOf(argv);
        environment = environment == null ? null : Map.copyOf(environment);
        files = files == null ? null : Map.copyOf(files);
        outputs = outputs == null ? null : List.copyOf(outputs);
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
        if (files != null) {
            InputFiles.checkNames(files);
        }
        if (inputDirectory != null) {
            InputTree.checkName(inputDirectory);
        }
        require(outputs == null || outputs.size() <= MAX_OUTPUTS, "outputs must be at most " + MAX_OUTPUTS);
        if (sandbox != null) {
            SandboxLevel.parse("sandbox", sandbox);
        }
        boolean own = files != null || inputDirectory != null || outputs != null;
        require(directory == null || !own, "directory cannot be given with files, inputDirectory or outputs");
    }

    /** Of a program without files, that asks for nothing. */
    public CommandInput(
            List<String> argv,
            @Nullable String directory,
            @Nullable Map<String, String> environment,
            @Nullable Duration timeout,
            @Nullable String stdin,
            @Nullable Boolean allowFailure) {
        this(argv, directory, environment, timeout, stdin, allowFailure, null, null, null, null, null, null);
    }

    boolean mayFail() {
        return Boolean.TRUE.equals(allowFailure);
    }

    boolean needsNetwork() {
        return Boolean.TRUE.equals(network);
    }

    boolean hasFiles() {
        return files != null || inputDirectory != null || outputs != null;
    }

    @Nullable
    SandboxLevel leastLevel() {
        return sandbox == null ? null : SandboxLevel.parse("sandbox", sandbox);
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
