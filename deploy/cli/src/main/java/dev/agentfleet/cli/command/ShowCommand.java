package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.TaskReason;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "show", description = "Shows a run, and why its unfinished tasks wait; or one task of it.")
public final class ShowCommand implements Callable<Integer> {
    private static final int SHOWN_TASKS = 20;
    private static final int PAGE = 1_000;
    private static final int MOST_PAGES = 20;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's id.")
    private String run = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "INDEX", description = "One task, counted from 0.")
    private @Nullable Integer index;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var api = server.api();
        var id = new RunId(run);
        return index == null ? showRun(terminal, api, id) : showTask(terminal, api, id, index);
    }

    private int showRun(Terminal terminal, FleetApi api, RunId id) throws Exception {
        var view = api.run(id);
        if (json) {
            Answers.json(terminal, view);
            return ExitCode.SUCCEEDED;
        }
        RunText.lines(view).forEach(terminal::line);
        firstWaiting(api, view)
                .ifPresent(task -> terminal.line("  next      task " + task.index() + " " + TaskReason.of(task)));
        int unfinished = view.tasks() - view.counts().succeeded();
        List<TaskView> tasks = unfinished == 0 ? List.of() : notSucceeded(api, id);
        for (TaskView task : tasks) {
            terminal.line(
                    "    " + task.index() + "  " + task.state() + "  " + task.agent() + "  " + TaskReason.of(task));
        }
        if (unfinished > tasks.size()) {
            terminal.line("    … " + Figures.grouped(unfinished - tasks.size()) + " more; one of them: ./fleet show "
                    + id + " INDEX");
        }
        return ExitCode.SUCCEEDED;
    }

    private int showTask(Terminal terminal, FleetApi api, RunId id, int at) throws Exception {
        var tasks = api.tasks(id, at - 1, 1).items();
        if (tasks.isEmpty() || tasks.getFirst().index() != at) {
            terminal.note("fleet show: run " + id + " has no task " + at);
            return ExitCode.FAILED;
        }
        TaskView task = tasks.getFirst();
        if (json) {
            Answers.json(terminal, task);
            return ExitCode.SUCCEEDED;
        }
        terminal.line("task " + task.taskId() + ": " + task.state());
        terminal.line("  agent     " + task.agent() + " (pool " + task.pool() + ")");
        terminal.line("  attempt   " + task.attempt() + ", " + task.failures() + " failed");
        terminal.line("  " + TaskReason.of(task));
        return ExitCode.SUCCEEDED;
    }

    /** The first task that was never dispatched, which speaks for those behind it; they are the run's last. */
    private static Optional<TaskView> firstWaiting(FleetApi api, RunView run) throws InterruptedException {
        return run.waiting() == 0
                ? Optional.empty()
                : api.tasks(run.runId(), run.tasks() - run.waiting() - 1, 1).items().stream()
                        .filter(task -> task.state() == TaskState.WAITING)
                        .findFirst();
    }

    /** The first tasks that did not succeed; the search is bounded, a run may have millions. */
    private static List<TaskView> notSucceeded(FleetApi api, RunId id) throws InterruptedException {
        var found = new ArrayList<TaskView>();
        int after = -1;
        for (int pages = 0; pages < MOST_PAGES && found.size() < SHOWN_TASKS; pages++) {
            var page = api.tasks(id, after, PAGE);
            page.items().stream()
                    .filter(task -> task.state() != TaskState.SUCCEEDED)
                    .limit(SHOWN_TASKS - found.size())
                    .forEach(found::add);
            if (page.next() == null) {
                break;
            }
            after = page.next();
        }
        return found;
    }
}
