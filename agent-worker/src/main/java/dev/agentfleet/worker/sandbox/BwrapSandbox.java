package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.contract.FailureCode;
import dev.agentfleet.worker.config.SandboxLevel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Level {@code bwrap}: namespaces by bubblewrap, limits by the kernel, and a working directory in memory that is gone with
 * whoever holds it last. See ADR 39 for what this keeps from a program, and what not.
 */
final class BwrapSandbox implements Sandbox {

    private static final int LAST_WORDS = 200;
    /** A large directory of input files takes a while to be copied. */
    private static final int READY_SECONDS = 60;

    private final BwrapLine line;
    private final WorkRoot root;
    private final WorkerLimits limits;
    private final boolean mayHaveNetwork;
    private final ProcessStarter starter = new ProcessStarter();

    BwrapSandbox(BwrapLine line, WorkRoot root, WorkerLimits limits, boolean mayHaveNetwork) {
        this.line = line;
        this.root = root;
        this.limits = limits;
        this.mayHaveNetwork = mayHaveNetwork;
    }

    @Override
    public SandboxLevel level() {
        return SandboxLevel.BWRAP;
    }

    @Override
    public RunningProgram start(ProgramRequest request) throws InterruptedException {
        var given = limits.loweredTo(request.limits());
        require(
                mayHaveNetwork || !request.network(),
                "field 'network' needs fleet.worker.sandbox.network on the worker");
        require(
                request.environment().keySet().stream().allMatch(StartScript::canPass),
                "names in environment must be letters, digits and _ in a sandbox, and not begin with __fleet_");
        return switch (request.place()) {
            case Workplace.Existing _ ->
                throw refused(
                        "field 'directory': in a sandbox no directory of the worker can be seen; see inputDirectory");
            case Workplace.Own(var inputs) when inputs.isEmpty() -> start(request, given, null, () -> {});
            case Workplace.Own(var inputs) -> {
                var staged = root.create();
                try {
                    inputs.writeTo(staged.path(), given.disk());
                    if (line.setpriv() != null) {
                        UserIds.give(staged.path(), line.user());
                    }
                    yield start(request, given, staged.path(), staged::remove);
                } catch (IOException e) {
                    staged.remove();
                    throw notStarted("The input files could not be handed over").causedBy(e);
                } catch (RuntimeException | InterruptedException e) {
                    staged.remove();
                    throw e;
                }
            }
        };
    }

    private RunningProgram start(ProgramRequest request, WorkerLimits given, @Nullable Path inputs, Runnable removal)
            throws InterruptedException {
        var builder = new ProcessBuilder(line.of(request.argv(), inputs, given, request.network()));
        // Nothing of the worker's environment, which could be read from inside, and nothing of the task's, which could
        // make the programs that build the sandbox load what it likes.
        builder.environment().clear();
        builder.directory(new File("/"));
        Process process;
        try {
            process = starter.start(builder);
        } catch (IOException e) {
            throw notStarted("The sandbox could not be started").causedBy(e);
        }
        var processes = new NamespaceProcesses(process);
        var stdin = new ProgramInput(process);
        boolean runs = false;
        try {
            var stdout = CappedOutput.afterGreeting(process.getInputStream(), request.maxOutput());
            var stderr = new CappedOutput(process.getErrorStream(), request.maxOutput());
            stdin.write(StartScript.variables(request.environment()));
            judge(greeting(stdout), stderr);
            var running = new RunningProgram(process, processes::kill, hold(process, removal), stdout, stderr);
            stdin.write("\n" + (request.stdin() == null ? "" : request.stdin()));
            runs = true;
            return running;
        } finally {
            stdin.end();
            if (!runs) {
                processes.kill();
            }
        }
    }

    private static String greeting(CappedOutput stdout) throws InterruptedException {
        try {
            return stdout.greeting().get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw notStarted("The sandbox was not ready in " + READY_SECONDS + " s")
                    .causedBy(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void judge(String greeting, CappedOutput stderr) throws InterruptedException {
        switch (greeting) {
            case StartScript.RUNS -> {}
            case StartScript.MISSING -> throw Program.missing();
            case StartScript.DENIED -> throw Program.notExecutable();
            case StartScript.FULL -> throw refused("files and inputDirectory must fit into limits.disk");
            default -> {
                stderr.await(TimeUnit.SECONDS.toMillis(1));
                throw notStarted("The sandbox could not be set up: " + stderr.end(LAST_WORDS));
            }
        }
    }

    /** Through the first process of the sandbox its directory can be reached, and stays as long as it is held. */
    private static WorkDirectory hold(Process monitor, Runnable removal) {
        long first = monitor.children()
                .findFirst()
                .orElseThrow(() -> notStarted("The sandbox ended before its program began"))
                .pid();
        return WorkDirectory.hold(Path.of("/proc/" + first + "/root" + BwrapLine.WORK), removal);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw refused(rule);
        }
    }

    private static AgentFailureException refused(String rule) {
        return AgentFailureException.permanent(FailureCode.INVALID_INPUT, rule);
    }

    private static AgentFailureException notStarted(String what) {
        return AgentFailureException.retryable("SANDBOX_NOT_STARTED", what);
    }
}
