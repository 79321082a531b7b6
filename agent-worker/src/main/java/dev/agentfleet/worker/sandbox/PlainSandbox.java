package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.worker.config.SandboxLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Level {@code none}: programs have the rights of the worker, and are found and killed as far as {@link ProcessTree} can.
 * What a task asks for and cannot have here is refused.
 */
final class PlainSandbox implements Sandbox {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String owner;
    private final @Nullable WorkRoot root;
    private final long inputBytes;

    /**
     * @param owner whose programs these are
     * @param root where they get directories of their own; null on a system that cannot do that safely
     * @param inputBytes how large the input files of a program may be
     */
    PlainSandbox(String owner, @Nullable WorkRoot root, long inputBytes) {
        this.owner = owner;
        this.root = root;
        this.inputBytes = inputBytes;
    }

    @Override
    public SandboxLevel level() {
        return SandboxLevel.NONE;
    }

    @Override
    public RunningProgram start(ProgramRequest request) {
        List<String> limits = limits(request.limits());
        return switch (request.place()) {
            case Workplace.Existing(var directory) -> start(request, limits, directory, WorkDirectory.EXISTING);
            case Workplace.Own(var inputs) -> {
                var own = room().create();
                try {
                    inputs.writeTo(own.path(), inputBytes);
                    yield start(request, limits, own.path(), WorkDirectory.hold(own.path(), own::remove));
                } catch (RuntimeException e) {
                    own.remove();
                    throw e;
                }
            }
        };
    }

    private WorkRoot room() {
        if (root == null) {
            throw AgentFailureException.permanent(
                    FailureCode.INVALID_INPUT, "files, inputDirectory and outputs need a worker on Linux");
        }
        return root;
    }

    private RunningProgram start(ProgramRequest request, List<String> limits, Path directory, WorkDirectory held) {
        String mark = owner + '/' + UUID.randomUUID();
        var environment = new HashMap<>(request.environment());
        environment.put(ProcessTree.MARK, mark);
        Path program = Program.find(request.argv().getFirst(), directory, environment.getOrDefault("PATH", ""));
        var line = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            line.add(SETSID.toString());
        }
        line.addAll(limits);
        line.add(program.toString());
        line.addAll(request.argv().subList(1, request.argv().size()));
        var builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            var running = new RunningProgram(
                    process,
                    new ProcessTree(process.toHandle(), mark)::kill,
                    held,
                    new CappedOutput(process.getInputStream(), request.maxOutput()),
                    new CappedOutput(process.getErrorStream(), request.maxOutput()));
            var stdin = new ProgramInput(process);
            stdin.write(request.stdin() == null ? "" : request.stdin());
            stdin.end();
            return running;
        } catch (IOException e) {
            throw AgentFailureException.retryable("COMMAND_NOT_STARTED", "The process could not be started")
                    .causedBy(e);
        }
    }

    private static List<String> limits(Limits asked) {
        if (asked.processes() != null) {
            throw needsSandbox("processes");
        }
        if (asked.disk() != null) {
            throw needsSandbox("disk");
        }
        if (asked.equals(Limits.NONE)) {
            return List.of();
        }
        Optional<Path> prlimit = Tools.find("prlimit");
        return LimitsLine.of(
                prlimit.orElseThrow(() -> AgentFailureException.permanent(
                        FailureCode.INVALID_INPUT, "limits need the program prlimit on the worker")),
                asked);
    }

    private static AgentFailureException needsSandbox(String limit) {
        return AgentFailureException.permanent(
                FailureCode.INVALID_INPUT,
                "limits." + limit + " needs a sandbox; this worker has fleet.worker.sandbox.level=none");
    }
}
