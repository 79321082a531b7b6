package dev.agentfleet.cli.chaos.check;

import dev.agentfleet.cli.chaos.history.History;
import dev.agentfleet.cli.chaos.history.Runs;

/** Looks at a history and says what is wrong with it. Pure. */
interface Check {
    void look(History history, Runs runs, Findings findings);
}
