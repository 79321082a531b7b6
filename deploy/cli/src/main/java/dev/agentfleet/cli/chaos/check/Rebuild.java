package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.Aftermath;
import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Runs;
import java.util.Optional;

/** The orchestrator shows each run before its kill, and shows the same after it rebuilt its state. */
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
                text.isPresent() && text.equals(after.get(run)),
                () -> "run " + run + ": was " + shown(text) + " before the kill and is "
                        + shown(after.getOrDefault(run, Optional.empty())) + " after it"));
    }

    private static String shown(Optional<String> text) {
        return text.orElse("not answered");
    }
}
