package dev.agentfleet.cli.command;

import dev.agentfleet.cli.submit.Input;
import dev.agentfleet.cli.submit.InputFile;
import dev.agentfleet.cli.submit.RepeatedTask;
import dev.agentfleet.cli.submit.RunNames;
import dev.agentfleet.cli.submit.RunTemplate;
import dev.agentfleet.cli.submit.Submitter;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.TaskSpec;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "submit",
        description = {
            "Submits a run: one task by flags, or a file or pipe (-) of tasks.",
            "FILE holds one task per line as JSON, of any number, or one whole SubmitRun object."
        },
        footer = {
            "",
            "Examples:",
            "  ./fleet submit --agent echo --input '{\"text\":\"hi\"}' --watch",
            "  ./fleet submit tasks.ndjson --concurrency 50 --watch",
            "  generate-tasks | ./fleet submit -"
        })
public final class SubmitCommand implements Callable<Integer> {
    private static final Duration ADMISSION = Duration.ofSeconds(30);

    @Mixin
    private final ServerOption server = new ServerOption();

    @Mixin
    private final RunFlags flags = new RunFlags();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A file, or - for standard input.")
    private @Nullable String file;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Agent of the task, or of every task that names none.")
    private @Nullable String agent;

    @Option(names = "--input", paramLabel = "JSON", description = "Input of the task as JSON, or @FILE. Default null.")
    private @Nullable String input;

    @Option(names = "--repeat", paramLabel = "N", description = "Submit the task of the flags N times. Default 1.")
    private int repeat = 1;

    @Option(names = "--pool", paramLabel = "NAME", description = "Pool of every task that names none.")
    private @Nullable String pool;

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run. Default: a fresh one.")
    private @Nullable String runId;

    @Option(names = "--watch", description = "Show its progress until it ends.")
    private boolean watch;

    @Option(names = "--json", description = "Answer as JSON; with --watch the run as it ended.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var terminal =
                Terminal.of(spec.commandLine().getOut(), spec.commandLine().getErr());
        var api = server.api();
        var submitter = new Submitter(api, terminal, SystemTime.INSTANCE);
        RunId id = file == null ? submitFlags(submitter) : submitFile(submitter, file);
        if (watch) {
            return Watching.run(api, terminal, id, ADMISSION, json);
        }
        if (json) {
            Answers.json(terminal, Map.of("runId", id));
        } else {
            terminal.line("submitted run " + id + "; watch it with ./fleet watch " + id);
        }
        return ExitCode.SUCCEEDED;
    }

    private RunId submitFlags(Submitter submitter) throws Exception {
        require(agent != null, "give --agent, or a FILE of tasks (- for standard input)");
        require(repeat >= 1, "--repeat: '" + repeat + "' must be at least 1");
        var task = new TaskSpec(null, input == null ? null : InputFile.payload(input, "--input"), null, null);
        return submitter.submit(new RepeatedTask(task, repeat), template(null));
    }

    private RunId submitFile(Submitter submitter, String name) throws Exception {
        require(input == null && repeat == 1, "--input and --repeat are for a task by flags, not for a FILE");
        var source = new InputFile(name, agent);
        source.check();
        try (var in = source.open()) {
            return switch (Input.read(in, agent)) {
                case Input.Run whole ->
                    submitter.submit(whole.run(), template(whole.run().runId()));
                case Input.Tasks lines -> submitter.submit(lines.source(), template(null));
            };
        }
    }

    private RunTemplate template(@Nullable RunId given) {
        RunId id = given == null ? RunNames.fresh("run", SystemTime.INSTANCE.instant()) : given;
        return new RunTemplate(runId == null ? id : new RunId(runId), agent, pool, flags.options());
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
