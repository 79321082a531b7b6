package dev.agentfleet.cli.submit;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.client.ProblemException;
import dev.agentfleet.cli.client.UnreachableException;
import dev.agentfleet.cli.time.Time;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        if (tasks == null || run.moreFollow() || fitOneRecord(tasks)) {
            return submitted(template.over(run));
        }
        return submit(source(tasks.iterator()), template.headOf(run));
    }

    /** Submits every task of the source. */
    public RunId submit(TaskSource source, RunTemplate template) throws IOException, InterruptedException {
        var chunks = new Chunks(source);
        List<TaskSpec> first = chunks.next();
        if (first.isEmpty()) {
            throw new InvalidInputException("the input holds no task");
        }
        if (!chunks.hasNext()) {
            return submitted(template.batch(first));
        }
        var _ = submitted(template.open());
        try {
            append(template.runId(), first, chunks);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.getMessage() + "; " + abandon(template.runId()));
        } catch (ProblemException e) {
            terminal.note(abandon(template.runId()));
            throw e;
        }
        return template.runId();
    }

    private RunId submitted(SubmitRun run) throws InterruptedException {
        persistence.untilOnceThere(() -> api.submit(run));
        return Objects.requireNonNull(run.runId(), "a template names its run");
    }

    private void append(RunId run, List<TaskSpec> first, Chunks chunks) throws IOException, InterruptedException {
        var digest = new RunDigest();
        int number = 0;
        int tasks = 0;
        for (List<TaskSpec> chunk = first; !chunk.isEmpty(); chunk = chunks.next()) {
            number++;
            tasks += chunk.size();
            byte[] body = Json.write(new AppendTasks(run, number, chunk));
            digest.add(body);
            persistence.until(() -> api.append(run, body));
            if (terminal.interactive()) {
                terminal.draw("submitted " + Figures.count(tasks, "task"));
            }
        }
        var seal = new SealRun(run, number, tasks, digest.hex());
        persistence.until(() -> api.seal(run, seal));
        terminal.erase();
    }

    private String abandon(RunId run) throws InterruptedException {
        try {
            api.cancel(run, "its submission was broken off");
            return "run " + run + " was cancelled";
        } catch (UnreachableException | ProblemException e) {
            return "run " + run + " will fail because it is never sealed";
        }
    }

    private static boolean fitOneRecord(List<TaskSpec> tasks) throws IOException {
        var chunks = new Chunks(source(tasks.iterator()));
        chunks.next();
        return !chunks.hasNext();
    }

    private static TaskSource source(Iterator<TaskSpec> tasks) {
        return () -> next(tasks);
    }

    private static @Nullable TaskSpec next(Iterator<TaskSpec> tasks) {
        return tasks.hasNext() ? tasks.next() : null;
    }
}
