package dev.agentfleet.cli.chaos.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Logged;
import dev.agentfleet.cli.chaos.history.RunHistory;
import dev.agentfleet.cli.chaos.history.Runs;
import dev.agentfleet.cli.chaos.history.Strike;
import dev.agentfleet.cli.chaos.history.TaskHistory;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunCompleted;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.contract.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cancel ends its run in time, one before the submission lets nothing run; what sleeps past its timeout does not succeed. */
final class CancelAndTimeout implements Check {
    private final Allowances allowances;

    CancelAndTimeout(Allowances allowances) {
        this.allowances = allowances;
    }

    @Override
    public void look(History history, Runs runs, Findings findings) {
        for (RunHistory run : runs.all()) {
            if (run.submission().isPresent()) {
                run.cancel().ifPresent(cancel -> cancel(run, cancel, history.strikes(), findings));
                timeouts(run, findings);
            }
        }
    }

    private void cancel(RunHistory run, Logged<CancelRun> cancel, List<Strike> strikes, Findings findings) {
        Logged<SubmitRun> submission = run.submission().orElseThrow();
        if (cancel.offset() < submission.offset()) {
            run.tasks().values().forEach(task -> neverRan(task, findings));
        }
        Instant from = later(cancel.at(), submission.at());
        for (Logged<RunCompleted> completed : run.completions()) {
            Instant end = completed.message().completedAt();
            Instant bound = from.plus(allowances.cancel()).plus(standing(strikes, from, end));
            findings.require(
                    Invariant.I12,
                    !end.isAfter(bound),
                    () -> "run " + run + ": was cancelled at " + from + " and ended at " + end + ", later than "
                            + bound);
        }
    }

    private static void neverRan(TaskHistory task, Findings findings) {
        findings.require(
                Invariant.I12,
                task.executions().isEmpty()
                        && task.outcomes().stream()
                                .allMatch(outcome -> outcome.message().status() == TaskStatus.CANCELLED),
                () -> "task " + task + ": its run was cancelled before it was submitted, and it ran "
                        + task.executions().size() + " times and is "
                        + task.outcomes().stream()
                                .map(outcome -> outcome.message().status())
                                .toList());
    }

    /** How long faults stood between the two. */
    private static Duration standing(List<Strike> strikes, Instant from, Instant until) {
        return strikes.stream()
                .filter(strike -> strike.until().isAfter(from) && strike.from().isBefore(until))
                .map(Strike::length)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void timeouts(RunHistory run, Findings findings) {
        List<TaskSpec> specs = run.specs();
        String agent = run.submission().orElseThrow().message().agent();
        Duration runTimeout = Objects.requireNonNull(run.options().timeout());
        run.tasks().forEach((index, task) -> {
            if (index >= specs.size()) {
                return;
            }
            TaskSpec spec = specs.get(index);
            Duration timeout = spec.timeout() == null ? runTimeout : spec.timeout();
            Duration sleep = sleep(spec, agent);
            if (sleep != null && sleep.compareTo(timeout) > 0) {
                findings.require(
                        Invariant.I12,
                        task.outcomes().stream()
                                .noneMatch(outcome -> outcome.message().status() == TaskStatus.SUCCEEDED),
                        () -> "task " + task + ": SUCCEEDED although it sleeps " + sleep + " and its timeout is "
                                + timeout);
            }
        });
    }

    private static @Nullable Duration sleep(TaskSpec spec, @Nullable String runAgent) {
        if (!"sleep".equals(spec.agent() == null ? runAgent : spec.agent())) {
            return null;
        }
        JsonNode input = Json.readPart(spec.inputOrNull().json().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        return input.hasNonNull("duration")
                ? Duration.parse(input.get("duration").asText())
                : null;
    }

    private static Instant later(Instant one, Instant two) {
        return one.isAfter(two) ? one : two;
    }
}
