package dev.agentfleet.cli.submit;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.view.Figures;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.submission.RequestSink;

/** Sends each request of a run over REST, again while the orchestrator is away for a short time. */
final class PersistentSink implements RequestSink {
    private final FleetApi api;
    private final RunId run;
    private final Persistence persistence;
    private final Terminal terminal;
    private int tasks;

    PersistentSink(FleetApi api, RunId run, Persistence persistence, Terminal terminal) {
        this.api = api;
        this.run = run;
        this.persistence = persistence;
        this.terminal = terminal;
    }

    @Override
    public void send(Request request, byte[] value) throws InterruptedException {
        switch (request) {
            case SubmitRun submit -> persistence.untilOnceThere(() -> api.submit(submit));
            case AppendTasks chunk -> {
                persistence.until(() -> api.append(run, value));
                tasks += chunk.tasks().size();
                if (terminal.interactive()) {
                    terminal.draw("submitted " + Figures.count(tasks, "task"));
                }
            }
            case SealRun seal -> persistence.until(() -> api.seal(run, seal));
            case CancelRun cancel -> api.cancel(run, String.valueOf(cancel.reason()));
            case RedriveTasks other -> throw new IllegalArgumentException("no part of a submission: " + other);
        }
    }
}
