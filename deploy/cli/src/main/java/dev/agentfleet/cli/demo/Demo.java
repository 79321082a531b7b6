package dev.agentfleet.cli.demo;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.RunView;
import dev.agentfleet.cli.submit.RunNames;
import dev.agentfleet.cli.submit.RunTemplate;
import dev.agentfleet.cli.submit.Submitter;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.OneLine;
import dev.agentfleet.cli.view.RunText;
import dev.agentfleet.cli.view.Table;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.cli.watch.RunWatch;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunOptions;
import dev.agentfleet.contract.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the files of a directory with a fleet that is up, and shows totals that the shell can check. */
public final class Demo {
    static final int MOST_FILES = 2_000;

    private static final int SHOWN_FAILURES = 5;
    private static final Duration ADMISSION = Duration.ofSeconds(30);

    /** The demo ends even if every worker dies. */
    private static final RunOptions OPTIONS =
            new RunOptions(null, Duration.ofMinutes(1), null, Duration.ofMinutes(5), null, null);

    private final FleetApi api;
    private final Terminal terminal;
    private final Time time;
    private final String checksum = Checksum.tool();

    public Demo(FleetApi api, Terminal terminal, Time time) {
        this.api = api;
        this.terminal = terminal;
        this.time = time;
    }

    /**
     * Says whether every file was counted.
     *
     * @param list where to write the names of the files
     */
    public boolean count(Path directory, Path list) throws IOException, InterruptedException {
        DemoFiles files = find(directory);
        if (files.files().isEmpty()) {
            terminal.note("there is no file to count in " + directory);
            return false;
        }
        RunId id = submit(files);
        RunView run = new RunWatch(api, terminal, time, ADMISSION, true).toItsEnd(id);
        var aggregate = Aggregate.of(api, id, files.files());
        Files.writeString(list, names(files.files()), StandardCharsets.UTF_8);
        report(run, aggregate, new CheckCommands(files, list, checksum));
        return run.status() == RunStatus.SUCCEEDED
                && aggregate.failures().isEmpty()
                && aggregate.totals().all().files() == files.files().size();
    }

    private DemoFiles find(Path directory) throws IOException {
        var files = DemoFiles.in(directory, MOST_FILES);
        if (!files.complete()) {
            terminal.line("note: not every file of " + files.root() + " is counted: at most "
                    + Figures.grouped(MOST_FILES) + ", and only readable names");
        }
        return files;
    }

    private RunId submit(DemoFiles files) throws IOException, InterruptedException {
        RunId id = RunNames.fresh("demo", time.instant());
        terminal.line("submitting run " + id + ": checksum and counts of "
                + Figures.count(files.files().size(), "file") + " in " + files.root() + ", one task each");
        var task = new CountTask(checksum);
        var paths = files.files().iterator();
        return new Submitter(api, terminal, time)
                .submit(
                        () -> paths.hasNext() ? task.of(files.root().resolve(paths.next())) : null,
                        new RunTemplate(id, null, null, OPTIONS));
    }

    private void report(RunView run, Aggregate aggregate, CheckCommands check) {
        RunText.lines(run).forEach(terminal::line);
        terminal.line("");
        aggregate.totals().table().lines().forEach(terminal::line);
        terminal.line("");
        var workers = new Table("worker", "tasks");
        aggregate.workers().forEach(workers::row);
        workers.lines().forEach(terminal::line);
        terminal.line("");
        terminal.line("checksum of all: " + aggregate.totals().checksum());
        terminal.line("Check it without the fleet (files, lines, words, bytes; checksum):");
        check.lines().forEach(line -> terminal.line("  " + line));
        aggregate.failures().stream().limit(SHOWN_FAILURES).map(OneLine::of).forEach(terminal::note);
        if (aggregate.failures().size() > SHOWN_FAILURES) {
            terminal.note("… " + aggregate.failures().size() + " files in all were not counted");
        }
    }

    static String names(List<Path> files) {
        return files.stream().map(file -> "./" + file + '\0').collect(Collectors.joining());
    }
}
