package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.SandboxLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs one small program as those of tasks are run: whether that works cannot be told by looking. */
final class SandboxTrial {

    private static final String FILE = "trial";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OUTPUT = 1_000;

    private SandboxTrial() {}

    /** Throws {@link AgentFailureException} with the reason when it does not work. */
    static void run(Sandbox sandbox) {
        if (sandbox.level() == SandboxLevel.NONE) {
            return;
        }
        var inputs = new InputFiles(Map.of(FILE, FileContent.of(FILE.getBytes(StandardCharsets.UTF_8))), null);
        var request = new ProgramRequest(
                List.of("sh", "-c", "cp trial copy"),
                Map.of("PATH", "/usr/bin:/bin"),
                null,
                new Workplace.Own(inputs),
                Limits.NONE,
                false,
                OUTPUT);
        try (var program = sandbox.start(request)) {
            if (!program.await(TIMEOUT) || program.result(OUTPUT).exitCode() != 0) {
                throw failed("a program that copies a file did not: " + program.lastWords(OUTPUT));
            }
            program.outputs(List.of(new OutputFile("copy", null)), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("the trial was interrupted");
        }
    }

    private static AgentFailureException failed(String reason) {
        return AgentFailureException.retryable("SANDBOX_NOT_STARTED", reason);
    }
}
