package dev.agentfleet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunStatus;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "runs", description = "Lists runs, newest first.")
public final class RunsCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only RUNNING, SUCCEEDED, FAILED, CANCELLED or TIMED_OUT runs.")
    private @Nullable RunStatus status;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Option(names = "--json", description = "One run as JSON per line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var table = new Table("run", "status", "done", "failed", "age", "took");
        int[] found = new int[1];
        Map<String, String> filter = status == null ? Map.of() : Map.of("status", status.name());
        boolean more = server.api().runs(filter, limit.value(), run -> {
            found[0]++;
            if (json) {
                terminal.line(line(run));
            } else {
                row(table, run, SystemTime.INSTANCE.instant());
            }
        });
        if (!json) {
            (found[0] == 0 ? List.of("no runs") : table.lines()).forEach(terminal::line);
        }
        limit.tellOfMore(more, terminal);
        return ExitCode.SUCCEEDED;
    }

    private static String line(RunView run) {
        try {
            return Json.mapper().writeValueAsString(run);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(Table table, RunView run, Instant now) {
        table.row(
                run.runId(),
                run.status(),
                Figures.grouped(run.done()) + "/" + Figures.grouped(run.tasks()) + (run.sealed() ? "" : "+"),
                run.failed(),
                between(run.admittedAt(), now),
                between(run.admittedAt(), run.completedAt()));
    }

    private static String between(@Nullable Instant from, @Nullable Instant to) {
        if (from == null || to == null) {
            return "-";
        }
        Duration time = Duration.between(from, to);
        return Figures.duration(time.isNegative() ? Duration.ZERO : time);
    }
}
