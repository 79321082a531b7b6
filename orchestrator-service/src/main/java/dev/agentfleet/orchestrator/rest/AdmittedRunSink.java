package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.submission.RequestSink;
import java.util.Optional;

/** Sends the requests of one run; chunks only once the run is admitted, so that they cannot come to another of its name. */
final class AdmittedRunSink implements RequestSink {

    /** An open run's admission is waited for so many times as long as that of a run that is sent as a whole. */
    private static final int WAITS = 15;

    private final Submission submission;
    private final RunId id;
    private final AuditLog audit;
    private Optional<RunView> admitted = Optional.empty();

    AdmittedRunSink(Submission submission, RunId id, AuditLog audit) {
        this.submission = submission;
        this.id = id;
        this.audit = audit;
    }

    @Override
    public void send(Request request, byte[] value) {
        if (request instanceof SubmitRun submit) {
            submit(submit, value);
        } else {
            submission.send(id, value);
        }
    }

    private void submit(SubmitRun request, byte[] value) {
        int waits = request.moreFollow() ? WAITS : 1;
        for (int i = 0; i < waits && admitted.isEmpty(); i++) {
            admitted = submission.submit(request, value);
        }
        if (request.moreFollow() && admitted.isEmpty()) {
            // It is durable: it will be admitted, and nobody else will have said so.
            audit.accepted(request, id);
            throw new KafkaUnavailableException(
                    "run " + id + " was not admitted in time; sending the same again under the same runId is safe");
        }
    }

    /** The run, if it was admitted in time. */
    Optional<RunView> admitted() {
        return admitted;
    }
}
