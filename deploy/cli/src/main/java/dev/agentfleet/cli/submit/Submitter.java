package dev.agentfleet.cli.submit;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.submission.InvalidLineException;
import dev.agentfleet.submission.RunWriter;
import dev.agentfleet.submission.TaskSource;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Submits tasks as a run: in one record where they fit, else as an open run in chunks, in bounded memory. */
public final class Submitter {
    private final FleetApi api;
    private final Terminal terminal;
    private final Persistence persistence;

    public Submitter(FleetApi api, Terminal terminal, Time time) {
        this.api = api;
        this.terminal = terminal;
        this.persistence = new Persistence(time, terminal);
    }

    /** Submits a whole run, cut into chunks if it is too large for one record. */
    public RunId submit(SubmitRun run, RunTemplate template) throws IOException, InterruptedException {
        List<TaskSpec> tasks = run.tasks();
        if (tasks != null && !run.moreFollow()) {
            return submit(TaskSource.of(tasks.iterator()), template.headOf(run));
        }
        var whole = template.over(run);
        persistence.untilOnceThere(() -> api.submit(whole));
        return Objects.requireNonNull(whole.runId(), "a template names its run");
    }

    /** Submits every task of the source. */
    public RunId submit(TaskSource source, RunTemplate template) throws IOException, InterruptedException {
        RunId run = template.runId();
        var writer = new RunWriter(template.head(), new PersistentSink(api, run, persistence, terminal));
        try {
            var _ = writer.write(source);
        } catch (InvalidInputException | InvalidLineException e) {
            throw writer.hasBegun() ? new InvalidInputException(e.getMessage() + "; " + abandon(run)) : e;
        } catch (ProblemException e) {
            if (writer.hasBegun()) {
                terminal.note(abandon(run));
            }
            throw e;
        }
        terminal.erase();
        return run;
    }

    private String abandon(RunId run) throws InterruptedException {
        try {
            api.cancel(run, "its submission was broken off");
            return "run " + run + " was cancelled";
        } catch (UnreachableException | ProblemException e) {
            return "run " + run + " will fail because it is never sealed";
        }
    }
}
