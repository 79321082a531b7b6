package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.WorkerView;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "workers", description = "Lists the workers: what they can do and what they do.")
public final class WorkersCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var workers = server.api().workers();
        if (json) {
            Answers.json(terminal, workers);
        } else if (workers.isEmpty()) {
            terminal.line("no worker was heard of");
        } else {
            var table = new Table(
                    "worker",
                    "version",
                    "pool",
                    "busy",
                    "lost",
                    "slots",
                    "partitions",
                    "last heard",
                    "sandbox",
                    "agents");
            workers.forEach(worker -> row(table, worker));
            table.lines().forEach(terminal::line);
        }
        return ExitCode.SUCCEEDED;
    }

    private static void row(Table table, WorkerView worker) {
        var heartbeat = worker.heartbeat();
        var ago = Duration.between(worker.lastHeard(), SystemTime.INSTANCE.instant());
        table.row(
                heartbeat.workerId() + (heartbeat.draining() ? " (draining)" : ""),
                heartbeat.version(),
                heartbeat.pool(),
                heartbeat.busy(),
                heartbeat.slotsLost(),
                heartbeat.slots(),
                heartbeat.partitions().size(),
                (ago.isNegative() ? "0 ms" : Figures.duration(ago)) + " ago",
                heartbeat.sandbox() == null ? "-" : heartbeat.sandbox(),
                heartbeat.agents().stream().map(WorkerHeartbeat.AgentInfo::name).collect(Collectors.joining(" ")));
    }
}
