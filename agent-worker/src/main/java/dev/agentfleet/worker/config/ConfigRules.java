package dev.agentfleet.worker.config;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the values of the configuration must keep to. Reports all problems at once. */
@Singleton
public final class ConfigRules {

    private static final Pattern POOL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,60}");
    private static final int MAX_COMMAND_OUTPUT = 256 * 1024;
    private static final long LEAST_DISK = 64 * 1024;
    private static final long MOST_BYTES = 1L << 40;

    private final WorkerConfig worker;
    private final TopicsConfig topics;
    private final CommandConfig command;
    private final SandboxConfig sandbox;
    private final LlmRules llm;

    public ConfigRules(
            WorkerConfig worker, TopicsConfig topics, CommandConfig command, SandboxConfig sandbox, LlmConfig llm) {
        this.worker = worker;
        this.topics = topics;
        this.command = command;
        this.sandbox = sandbox;
        this.llm = new LlmRules(llm);
    }

    /** Returns when every rule holds; throws {@link InvalidConfigurationException} otherwise. */
    public void check() {
        var problems = new ArrayList<String>();
        require(
                problems,
                POOL.matcher(worker.pool()).matches(),
                "fleet.worker.pool",
                worker.pool(),
                "must be 1 to 63 lower-case letters, digits or -, starting with a letter or digit");
        require(
                problems,
                PREFIX.matcher(topics.prefix()).matches(),
                "fleet.topics.prefix",
                topics.prefix(),
                "must be at most 60 letters, digits or . _ -");
        requireRange(problems, "fleet.worker.slots", worker.slots(), 1, 100_000);
        requireRange(problems, "fleet.worker.prefetch", worker.prefetch(), 1, 10_000);
        requireRange(
                problems, "fleet.worker.claim-after", worker.claimAfter(), Duration.ofMillis(50), Duration.ofHours(1));
        requireRange(problems, "fleet.worker.patience", worker.patience(), Duration.ofMillis(50), Duration.ofHours(1));
        requireRange(
                problems, "fleet.worker.heartbeat", worker.heartbeat(), Duration.ofMillis(100), Duration.ofMinutes(1));
        requireRange(problems, "fleet.worker.drain-budget", worker.drainBudget(), Duration.ZERO, Duration.ofDays(1));
        requireRange(
                problems, "fleet.worker.stop-grace", worker.stopGrace(), Duration.ofMillis(50), Duration.ofMinutes(5));
        requireRange(
                problems,
                "fleet.worker.session-timeout",
                worker.sessionTimeout(),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));
        requireRange(
                problems, "fleet.worker.stuck-after", worker.stuckAfter(), Duration.ofSeconds(1), Duration.ofHours(1));
        requireRange(problems, "fleet.agents.command.max-output", command.maxOutput(), 0, MAX_COMMAND_OUTPUT);
        command.root().ifPresent(root -> requireDirectory(problems, "fleet.agents.command.root", root));
        checkSandbox(problems);
        llm.check(problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private void checkSandbox(List<String> problems) {
        String prefix = "fleet.worker.sandbox.";
        sandbox.inputRoot().ifPresent(root -> requireDirectory(problems, prefix + "input-root", root));
        sandbox.readOnly().stream()
                .flatMap(List::stream)
                .forEach(path -> require(
                        problems,
                        path.isAbsolute() && Files.exists(path),
                        prefix + "read-only",
                        path,
                        "must be absolute paths that exist"));
        requireRange(problems, prefix + "user", sandbox.user(), 1, Integer.MAX_VALUE);
        var limits = sandbox.limits();
        requireRange(problems, prefix + "limits.cpu-time", limits.cpuTime(), Duration.ofSeconds(1), Duration.ofDays(7));
        requireRange(problems, prefix + "limits.processes", limits.processes(), 1, 100_000);
        requireRange(problems, prefix + "limits.open-files", limits.openFiles(), 16, 1_000_000);
        requireRange(problems, prefix + "limits.file-size", limits.fileSize(), 0L, MOST_BYTES);
        requireRange(problems, prefix + "limits.disk", limits.disk(), LEAST_DISK, MOST_BYTES);
    }

    private static void requireDirectory(List<String> problems, String key, Path directory) {
        require(problems, Files.isDirectory(directory), key, directory, "must be a directory that exists");
    }

    static <T extends Comparable<T>> void requireRange(List<String> problems, String key, T value, T least, T most) {
        require(
                problems,
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                key,
                value,
                "must be from " + least + " to " + most);
    }

    static void require(List<String> problems, boolean holds, String key, Object value, String rule) {
        if (!holds) {
            problems.add(key + ": '" + value + "' " + rule);
        }
    }
}
