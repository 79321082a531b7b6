package dev.agentfleet.worker.project;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the tests of a project went: what {@code test} returns, and what {@code diagnostic} and {@code repair} take.
 *
 * @param passed whether all did that were to be run
 * @param exitCode of the test command
 * @param counts from its reports; absent where there are none
 * @param failed the first 50 tests that did not pass
 * @param stdout the end of what the command wrote
 * @param stderr likewise
 * @param reportProblem why a report that was asked for could not be used
 * @param sandbox the level at which the command ran
 * @param duration from its start to its end
 */
public record TestReport(
        boolean passed,
        @Nullable Integer exitCode,
        @Nullable TestCounts counts,
        @Nullable List<FailedTest> failed,
        @Nullable String stdout,
        @Nullable String stderr,
        @Nullable String reportProblem,
        @Nullable String sandbox,
        @Nullable Duration duration) {

    private static final int MOST_FAILED = 50;
    private static final int MOST_OUTPUT = 20_000;

    public TestReport {
        failed = failed == null ? null : List.copyOf(failed);
        require(failed == null || failed.size() <= MOST_FAILED, "failed: must be at most " + MOST_FAILED);
        requireShort("stdout", stdout);
        requireShort("stderr", stderr);
        requireShort("reportProblem", reportProblem);
    }

    /** For a prompt: nothing that differs between two runs of the same tests, as far as that is up to us. */
    public String asText() {
        var text = new StringBuilder();
        text.append(passed ? "The tests passed." : "The tests failed.").append('\n');
        if (counts != null) {
            text.append(counts.asText()).append('\n');
        }
        var cases = Objects.requireNonNullElse(failed, List.<FailedTest>of());
        cases.forEach(each -> text.append(each.asText()));
        if (cases.isEmpty()) {
            // Else this only repeats what the reports say, with times and places in it.
            text.append(exitCode == null ? "" : "The test command ended with exit code " + exitCode + ".\n");
            append(text, "stdout", stdout);
            append(text, "stderr", stderr);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String output) {
        if (output != null && !output.isBlank()) {
            text.append("End of its ")
                    .append(name)
                    .append(":\n")
                    .append(output.strip())
                    .append('\n');
        }
    }

    private static void requireShort(String field, @Nullable String value) {
        require(
                value == null || value.length() <= MOST_OUTPUT,
                field + ": must be at most " + MOST_OUTPUT + " characters");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
