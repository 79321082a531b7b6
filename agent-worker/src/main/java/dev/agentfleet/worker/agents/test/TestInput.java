package dev.agentfleet.worker.agents.test;

import dev.agentfleet.worker.config.SandboxLevel;
import dev.agentfleet.worker.project.ProjectFiles;
import dev.agentfleet.worker.sandbox.InputTree;
import dev.agentfleet.worker.sandbox.Limits;
import dev.agentfleet.worker.sandbox.OutputFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code test} gets.
 *
 * @param argv the test command and its arguments; no shell reads them
 * @param files of the project, by relative path; the command starts among them
 * @param inputDirectory what is copied there besides: a path below the worker's {@code fleet.worker.sandbox.input-root}
 * @param reports JUnit XML files that the command leaves, at most 128 KiB each; absent: the exit code decides alone
 * @param environment the variables the command sees; {@code PATH} is added when missing
 * @param timeout how long it may run, within the task's own timeout
 * @param network whether it needs the network; a worker may refuse
 * @param sandbox the least level at which it may run; absent: any
 * @param limits what it may use, where that is less than what the worker gives
 */
public record TestInput(
        List<String> argv,
        @Nullable ProjectFiles files,
        @Nullable String inputDirectory,
        @Nullable List<String> reports,
        @Nullable Map<String, String> environment,
        @Nullable Duration timeout,
        @Nullable Boolean network,
        @Nullable String sandbox,
        @Nullable Limits limits) {

    private static final int MOST_REPORTS = 50;
    private static final int LARGEST_REPORT = 131_072;

    public TestInput {
        argv = List.copyOf(argv);
        reports = reports == null ? null : List.copyOf(reports);
        environment = environment == null ? null : Map.copyOf(environment);
        require(!argv.isEmpty() && !argv.getFirst().isEmpty(), "argv: must name a program");
        require(argv.stream().noneMatch(TestInput::hasNul), "argv: must not contain the character NUL");
        require(timeout == null || timeout.isPositive(), "timeout: '" + timeout + "' must be more than zero");
        require(
                reports == null || !reports.isEmpty() && reports.size() <= MOST_REPORTS,
                "reports: must be 1 to " + MOST_REPORTS);
        if (reports != null) {
            reports.forEach(path -> {
                String problem = ProjectFiles.problemOf(path);
                require(problem == null, "reports: " + problem);
            });
        }
        if (inputDirectory != null) {
            InputTree.checkName(inputDirectory);
        }
        if (environment != null) {
            environment.forEach((name, value) -> require(
                    !name.isEmpty() && name.indexOf('=') < 0 && !hasNul(name) && !hasNul(value),
                    "environment: names must not be empty or contain =, and nothing the character NUL"));
        }
        if (sandbox != null) {
            SandboxLevel.parse("sandbox", sandbox);
        }
    }

    List<OutputFile> outputs() {
        return reports == null
                ? List.of()
                : reports.stream()
                        .distinct()
                        .map(path -> new OutputFile(path, LARGEST_REPORT))
                        .toList();
    }

    boolean needsNetwork() {
        return Boolean.TRUE.equals(network);
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
