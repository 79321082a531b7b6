package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** One line per change that was accepted over REST: who, what, of which run or lane, from where. Never what was in it. */
@ApplicationScoped
class AuditLog {

    static final String CATEGORY = "dev.agentfleet.audit";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final String RUN_ID = "runId";

    private final CurrentVertxRequest request;

    AuditLog(CurrentVertxRequest request) {
        this.request = request;
    }

    /** What was asked is durable. */
    void accepted(Request change, RunId run) {
        accepted(verb(change), run);
    }

    /** A run was begun, and its lines came to a bad end. */
    void givenUp(RunId run) {
        accepted("submitted and cancelled", run);
    }

    /** The limits of a lane were set. */
    void limited(Lane lane) {
        Caller caller = Caller.of(request.getCurrent());
        LOG.infof("limited by=%s from=%s lane=%s", caller.name(), caller.address(), lane);
    }

    private void accepted(String verb, RunId run) {
        Caller caller = Caller.of(request.getCurrent());
        MDC.put(RUN_ID, run.value());
        try {
            LOG.infof("%s by=%s from=%s runId=%s", verb, caller.name(), caller.address(), run);
        } finally {
            MDC.remove(RUN_ID);
        }
    }

    private static String verb(Request change) {
        return switch (change) {
            case SubmitRun submitted -> "submitted";
            case AppendTasks appended -> "appended";
            case SealRun sealed -> "sealed";
            case CancelRun cancelled -> "cancelled";
            case RedriveTasks redriven -> "redriven";
        };
    }
}
