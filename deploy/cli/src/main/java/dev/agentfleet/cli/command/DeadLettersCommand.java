package dev.agentfleet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentfleet.cli.client.DeadLetterView;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.Json;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        description = "Lists what failed for good and records that could not be read, oldest first.")
public final class DeadLettersCommand implements Callable<Integer> {
    private static final int SHOWN_REASON = 100;

    @Mixin
    private final ServerOption server = new ServerOption();

    @Option(names = "--agent", paramLabel = "AGENT", description = "Only tasks of this agent.")
    private @Nullable String agent;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only this failure code, such as TIMEOUT; UNREADABLE for records that could not be read.")
    private @Nullable String code;

    @Option(names = "--run", paramLabel = "RUN", description = "Only tasks of this run.")
    private @Nullable String run;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            converter = SinceConverter.class,
            description = "Put aside since then: a time back from now such as 2h, or an instant. Default 1d.")
    private @Nullable String since;

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Option(names = "--json", description = "One JSON object per line, with the tasks' inputs.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var table = new Table("time", "task", "agent", "code", "reason");
        int[] found = new int[1];
        boolean more = server.api().deadLetters(filter(), limit.value(), letter -> {
            found[0]++;
            if (json) {
                terminal.line(line(letter));
            } else {
                row(table, letter);
            }
        });
        if (!json) {
            (found[0] == 0 ? List.of("no dead letters") : table.lines()).forEach(terminal::line);
        }
        limit.tellOfMore(more, terminal);
        return ExitCode.SUCCEEDED;
    }

    private Map<String, String> filter() {
        var filter = new LinkedHashMap<String, String>();
        put(filter, "agent", agent);
        put(filter, "code", code);
        put(filter, "runId", run);
        put(filter, "since", since);
        return filter;
    }

    private static void put(Map<String, String> filter, String name, @Nullable String value) {
        if (value != null) {
            filter.put(name, value);
        }
    }

    private static String line(DeadLetterView letter) {
        try {
            return Json.mapper().writeValueAsString(letter);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(Table table, DeadLetterView letter) {
        String reason = letter.reason();
        table.row(
                letter.at().truncatedTo(ChronoUnit.SECONDS),
                letter.source() != null ? letter.source() : Objects.requireNonNullElse(letter.taskId(), "-"),
                Objects.requireNonNullElse(letter.agent(), "-"),
                letter.code(),
                reason.length() <= SHOWN_REASON ? reason : reason.substring(0, SHOWN_REASON) + "…");
    }
}
