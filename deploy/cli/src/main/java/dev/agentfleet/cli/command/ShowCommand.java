package dev.agentfleet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.client.TaskState;
import dev.agentfleet.cli.client.TaskView;
import dev.agentfleet.cli.view.CostText;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.TaskReason;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import java.util.List;
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
        var tasks = ShownTasks.of(api, view);
        if (json) {
            Answers.json(terminal, withTasks(view, tasks));
            return ExitCode.SUCCEEDED;
        }
        RunText.lines(view).forEach(terminal::line);
        // It speaks for those behind it.
        tasks.unfinished().stream()
                .filter(task -> task.state() == TaskState.WAITING)
                .findFirst()
                .ifPresent(task -> terminal.line("  next      task " + task.index() + " " + TaskReason.of(task)));
        list(terminal, tasks.unfinished());
        more(
                terminal,
                view.tasks() - view.done() - tasks.unfinished().size(),
                "without an outcome; one of them: ./fleet show " + id + " INDEX");
        list(terminal, tasks.failed());
        more(
                terminal,
                view.failed() - tasks.failed().size(),
                "that did not succeed; all outcomes: ./fleet results " + id);
        return ExitCode.SUCCEEDED;
    }

    private static void list(Terminal terminal, List<TaskView> tasks) {
        for (TaskView task : tasks) {
            terminal.line(
                    "    " + task.index() + "  " + task.state() + "  " + task.agent() + "  " + TaskReason.of(task));
        }
    }

    private static void more(Terminal terminal, int tasks, String which) {
        if (tasks > 0) {
            terminal.line("    … " + Figures.grouped(tasks) + " more " + which);
        }
    }

    private static JsonNode withTasks(RunView view, ShownTasks tasks) {
        ObjectNode node = Json.mapper().valueToTree(view);
        node.set("unfinishedTasks", Json.mapper().valueToTree(tasks.unfinished()));
        node.set("failedTasks", Json.mapper().valueToTree(tasks.failed()));
        return node;
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
        terminal.line("  attempt   " + task.attempt() + ", " + task.failures() + " failed"
                + (task.duration() == null ? "" : "; the last ran " + Figures.duration(task.duration())));
        if (task.cost() != null) {
            terminal.line("  cost      " + CostText.of(task.cost()));
        }
        terminal.line("  " + TaskReason.of(task));
        return ExitCode.SUCCEEDED;
    }
}
