package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.kafka.RequestProducer;
import dev.agentfleet.orchestrator.partition.ContentHash;
import dev.agentfleet.orchestrator.peer.Admissions;
import dev.agentfleet.orchestrator.query.AdmittedRun;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Writes a request to Kafka and, for a submission, waits a little for its admission. Blocks its (virtual) thread. */
@ApplicationScoped
public class Submission {

    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long PAUSE_GROWS_BY = 4;

    private final RequestProducer producer;
    private final Admissions admissions;
    private final TakenRuns taken;
    private final AdmissionRules rules;
    private final AuditLog audit;
    private final Duration wait;

    Submission(
            RequestProducer producer,
            Admissions admissions,
            TakenRuns taken,
            AdmissionRules rules,
            AuditLog audit,
            OrchestratorConfig config) {
        this.producer = producer;
        this.admissions = admissions;
        this.taken = taken;
        this.rules = rules;
        this.audit = audit;
        this.wait = config.admissionWait();
    }

    void send(RunId id, byte[] value) {
        acknowledged(id, producer.send(id, value));
    }

    /** Requests about several runs, which they name. When one is not acknowledged, others may have been. */
    void sendAll(List<? extends Request> requests) {
        Map<Request, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        requests.forEach(request -> sent.put(request, producer.send(named(request), Json.write(request))));
        try {
            sent.forEach((request, durable) -> acknowledged(named(request), durable));
        } finally {
            sent.forEach((request, durable) -> {
                if (durable.state() == Future.State.SUCCESS) {
                    audit.accepted(request, named(request));
                }
            });
        }
    }

    private static RunId named(Request request) {
        return Objects.requireNonNull(request.runId());
    }

    private static void acknowledged(RunId id, CompletableFuture<Void> sent) {
        try {
            sent.get(ACKNOWLEDGED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaUnavailableException(
                    "Kafka did not acknowledge the request about run " + id + " in time;"
                            + " sending it again under the same runId is safe",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted before Kafka acknowledged the request", e);
        }
    }

    /** Returns the admitted run, or empty when that took too long: it is durable and will be admitted. */
    Optional<RunView> submit(SubmitRun request, byte[] value) {
        RunId id = request.runId();
        if (id == null) {
            throw new IllegalArgumentException("the run must be named");
        }
        rules.objection(request.taskList(), 0, request.agent(), request.pool()).ifPresent(objection -> {
            throw ProblemException.badRequest(objection);
        });
        send(id, value);
        Optional<AdmittedRun> admitted = awaited(id, any -> true);
        if (admitted.isEmpty()) {
            taken.add(id);
            return Optional.empty();
        }
        taken.seen(id);
        if (!admitted.get().contentHash().equals(ContentHash.of(request))) {
            throw conflict(id);
        }
        return admitted.map(AdmittedRun::run);
    }

    /**
     * Waits a little until nothing more can come to the run, and makes sure that what came is what was sent.
     *
     * @param digest of the chunks sent
     */
    Optional<RunView> complete(RunId id, String digest) {
        Optional<AdmittedRun> sealed = awaited(id, known -> known.run().sealed());
        if (sealed.map(AdmittedRun::digest)
                .filter(known -> !known.equals(digest))
                .isPresent()) {
            throw conflict(id);
        }
        return sealed.map(AdmittedRun::run);
    }

    /** Looks less and less often: where another orchestrator holds the run, each look is a request. */
    private Optional<AdmittedRun> awaited(RunId id, Predicate<AdmittedRun> enough) {
        long end = System.nanoTime() + wait.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; System.nanoTime() < end; pause += pause / PAUSE_GROWS_BY) {
            Optional<AdmittedRun> known = look(id).filter(enough);
            if (known.isPresent()) {
                return known;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<AdmittedRun> look(RunId id) {
        try {
            return admissions.of(id);
        } catch (StateUnavailableException e) {
            return Optional.empty();
        }
    }

    private static ProblemException conflict(RunId id) {
        return new ProblemException(new Problem(
                "about:blank",
                "Conflict",
                409,
                "runId: '" + id + "' must be new: it names a run with other content",
                "runId",
                id.value(),
                "must be new, or come with the content it came with first"));
    }

    /** A request about a run that must exist. */
    void sendFor(RunId id, Request request, byte[] value) {
        RequestBody.requireSameRun(request, id);
        send(id, value);
        audit.accepted(request, id);
    }
}
