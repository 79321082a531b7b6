package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Runs;

/** What the orchestrator shows of each run is the same before its kill and after it rebuilt its state. */
final class Rebuild implements Check {

    @Override
    public void look(History history, Runs runs, Findings findings) {
        Aftermath end = history.aftermath();
        var before = end.before();
        var after = end.after();
        if (before == null || after == null) {
            return;
        }
        before.forEach((run, text) -> findings.require(
                Invariant.I9,
                text.equals(after.get(run)),
                () -> "run " + run + ": was " + text + " before the kill and is " + after.get(run) + " after it"));
    }
}
