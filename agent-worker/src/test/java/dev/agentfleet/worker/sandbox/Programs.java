package dev.agentfleet.worker.sandbox;

import dev.agentfleet.agent.AgentFailureException;
import dev.agentfleet.worker.config.Configs;
import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.config.WorkerVersion;
import dev.agentfleet.worker.runtime.WorkerIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A worker's sandbox of one level, and the programs that tests run in it. */
final class Programs implements AutoCloseable {

    static final int OUTPUT = 100_000;
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");

    private final WorkerSandbox sandbox;
    private final SandboxLevel level;
    private Limits limits = Limits.NONE;
    private boolean network;
    private @Nullable String stdin;
    private Map<String, String> environment = PATH;
    private InputFiles inputs = InputFiles.NONE;

    Programs(SandboxLevel level, Path base, Map<String, String> more) {
        this.level = level;
        var keys = new HashMap<>(more);
        keys.put("fleet.agents.command.enabled", "true");
        keys.put("fleet.worker.sandbox.level", level.text());
        keys.put("fleet.worker.sandbox.directory", base.toString());
        keys.putIfAbsent("fleet.worker.sandbox.read-only", System.getProperty("java.home"));
        this.sandbox = new WorkerSandbox(
                Configs.sandbox(keys),
                Configs.command(keys),
                Configs.test(keys),
                new WorkerIdentity(Configs.worker(Map.of()), new WorkerVersion("1")),
                new SimpleMeterRegistry());
        sandbox.open();
    }

    static FileContent text(String text) {
        return new FileContent(text, null, null);
    }

    Programs with(Limits asked) {
        this.limits = asked;
        return this;
    }

    Programs withNetwork() {
        this.network = true;
        return this;
    }

    Programs withStdin(String text) {
        this.stdin = text;
        return this;
    }

    Programs withEnvironment(Map<String, String> more) {
        var all = new TreeMap<>(PATH);
        all.putAll(more);
        this.environment = all;
        return this;
    }

    Programs withFiles(Map<String, FileContent> files) {
        this.inputs = new InputFiles(files, null);
        return this;
    }

    Programs with(InputFiles files) {
        this.inputs = files;
        return this;
    }

    RunningProgram start(String... argv) throws InterruptedException {
        return sandbox.require(level)
                .start(new ProgramRequest(
                        List.of(argv), environment, stdin, new Workplace.Own(inputs), limits, network, OUTPUT));
    }

    RunningProgram shell(String script) throws InterruptedException {
        return start("sh", "-c", script);
    }

    /** To its end. */
    ProgramResult run(String script) throws InterruptedException {
        try (var program = shell(script)) {
            program.await(null);
            return program.result(OUTPUT);
        }
    }

    /** To its end, and then what it left in the one file. */
    FileContent output(String script, OutputFile file) throws InterruptedException {
        try (var program = shell(script)) {
            program.await(null);
            var files = program.outputs(List.of(file), false);
            return files.getOrDefault(file.path(), FileContent.of("".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Its code and message. */
    String refusal(String script, OutputFile file) throws InterruptedException {
        try {
            return "not refused: " + output(script, file);
        } catch (AgentFailureException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    WorkerSandbox sandbox() {
        return sandbox;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
