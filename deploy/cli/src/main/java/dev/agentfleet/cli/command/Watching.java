package dev.agentfleet.cli.command;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.cli.time.SystemTime;
import dev.agentfleet.cli.view.Terminal;
import dev.agentfleet.cli.watch.RunWatch;
import dev.agentfleet.contract.RunId;
import java.io.IOException;
import java.time.Duration;

/** Watches a run to its end; Ctrl-C leaves the run going. */
final class Watching {
    private Watching() {}

    static int run(FleetApi api, Terminal terminal, RunId run, Duration admission, boolean json)
            throws IOException, InterruptedException {
        var watch = new RunWatch(api, terminal, SystemTime.INSTANCE, admission, !json);
        try (var _ = Interrupt.then(() -> {
            terminal.erase();
            terminal.note("run " + run + " goes on; watch it with ./fleet watch " + run
                    + ", stop it with ./fleet cancel " + run);
        })) {
            return Answers.ended(terminal, watch.toItsEnd(run), json);
        }
    }
}
