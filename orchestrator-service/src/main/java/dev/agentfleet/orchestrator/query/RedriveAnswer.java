package dev.agentfleet.orchestrator.query;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.run.Objection;

/** What asking for a redrive of a run leads to. */
public sealed interface RedriveAnswer {

    /** It would be done so. */
    record Possible(RedrivePlan plan) implements RedriveAnswer {}

    /** The run is not to be redriven so, or not now. */
    record Refused(Objection objection) implements RedriveAnswer {}

    /** No such run: never submitted, or purged. */
    record Unknown(RunId id) implements RedriveAnswer {}
}
