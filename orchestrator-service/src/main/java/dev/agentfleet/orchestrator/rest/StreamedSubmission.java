package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskSpec;
import dev.agentfleet.orchestrator.peer.Admissions;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.submission.InvalidLineException;
import dev.agentfleet.submission.Lines;
import dev.agentfleet.submission.RunWriter;
import dev.agentfleet.submission.TaskLines;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines of tasks into the requests of a run. Holds one chunk of them, however many there are. Blocks its (virtual)
 * thread: the client sends no faster than Kafka takes.
 */
@ApplicationScoped
public class StreamedSubmission {

    private final Submission submission;
    private final Admissions admissions;
    private final AdmissionRules rules;
    private final AuditLog audit;

    StreamedSubmission(Submission submission, Admissions admissions, AdmissionRules rules, AuditLog audit) {
        this.submission = submission;
        this.admissions = admissions;
        this.rules = rules;
        this.audit = audit;
    }

    /**
     * Submits the run whose tasks the lines are. A bad line, or lines that break off, cancel what was begun of it.
     *
     * @param head the named run
     * @return the run once all its tasks are there, or empty when that takes long: they are durable
     */
    Optional<RunView> submit(SubmitRun head, Lines lines) {
        RunId id = Objects.requireNonNull(head.runId());
        var sink = new AdmittedRunSink(submission, id, audit);
        var writer = new RunWriter(head, sink);
        try {
            Optional<SealRun> seal = writer.write(new TaskLines(lines, objections(head)::apply));
            return seal.isEmpty()
                    ? sink.admitted()
                    : submission.complete(id, Objects.requireNonNull(seal.get().digest()));
        } catch (InvalidLineException e) {
            throw badLine(e, abandoned(writer, id, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw brokenOff(abandoned(writer, id, "the stream of its tasks broke off"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted before run " + id + " was taken as a whole", e);
        }
    }

    static ProblemException badLine(InvalidLineException e, String consequence) {
        InvalidFieldException field = e.invalidField().orElse(null);
        return new ProblemException(new Problem(
                "about:blank",
                "Bad Request",
                400,
                e.getMessage() + consequence,
                field == null ? null : field.field(),
                field == null ? null : field.value(),
                field == null ? null : field.rule()));
    }

    static ProblemException brokenOff(String consequence) {
        return ProblemException.badRequest("body: broke off before its end" + consequence);
    }

    private Objections objections(SubmitRun head) {
        return new Objections(rules, head, new AtomicInteger());
    }

    /** Cancels what was begun, unless the run has all its tasks from an earlier time the same was sent. */
    private String abandoned(RunWriter writer, RunId id, String reason) {
        if (!writer.hasBegun()) {
            return "; nothing was submitted";
        }
        try {
            if (admissions.of(id).filter(known -> known.run().sealed()).isPresent()) {
                return "; run " + id + " was complete before and is left alone";
            }
            submission.send(id, Json.write(CancelRun.of(id, reason)));
            audit.givenUp(id);
            return "; run " + id + " is cancelled";
        } catch (StateUnavailableException | KafkaUnavailableException e) {
            return "; run " + id + " will fail because it is never sealed";
        }
    }

    /** What the deployment's rules have against the tasks of one run, asked in their order. */
    private record Objections(AdmissionRules rules, SubmitRun head, AtomicInteger asked) {

        @Nullable
        String apply(TaskSpec task) {
            return rules.objection(task, asked.incrementAndGet(), head.agent(), head.pool());
        }
    }
}
