package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.orchestrator.config.OrchestratorConfig;
import dev.agentfleet.orchestrator.kafka.RequestProducer;
import dev.agentfleet.orchestrator.partition.ContentHash;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Writes a request to Kafka and, for a submission, waits a little for its admission. Blocks its (virtual) thread. */
@ApplicationScoped
public class Submission {

    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(10);
    private static final int MOST_PENDING = 10_000;
    private static final long LOOK_EVERY_MILLIS = 10;

    private final RequestProducer producer;
    private final RunQueries queries;
    private final AdmissionRules rules;
    private final Duration wait;
    private final Set<RunId> pending = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Boolean> eldest) {
            return size() > MOST_PENDING;
        }
    }));

    Submission(RequestProducer producer, RunQueries queries, AdmissionRules rules, OrchestratorConfig config) {
        this.producer = producer;
        this.queries = queries;
        this.rules = rules;
        this.wait = config.admissionWait();
    }

    void send(RunId id, byte[] value) {
        acknowledged(id, producer.send(id, value));
    }

    /** Requests about several runs, which they name. When one is not acknowledged, others may have been. */
    void sendAll(List<? extends Request> requests) {
        Map<RunId, CompletableFuture<Void>> sent = new LinkedHashMap<>();
        for (Request request : requests) {
            RunId id = Objects.requireNonNull(request.runId());
            sent.put(id, producer.send(id, Json.write(request)));
        }
        sent.forEach(Submission::acknowledged);
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
        Optional<RunView> admitted = admitted(id, ContentHash.of(request));
        if (admitted.isEmpty()) {
            pending.add(id);
        }
        return admitted;
    }

    /** Whether this process took the submission and has not seen its admission. */
    boolean isPending(RunId id) {
        return pending.contains(id);
    }

    /**
     * Waits a little until nothing more can come to the run, and makes sure that what came is what was sent.
     *
     * @param digest of the chunks sent
     */
    Optional<RunView> complete(RunId id, String digest) {
        Optional<RunView> sealed = awaited(() -> queries.run(id).filter(RunView::sealed));
        if (sealed.isPresent()
                && queries.digest(id).filter(known -> !known.equals(digest)).isPresent()) {
            throw conflict(id);
        }
        return sealed;
    }

    private Optional<RunView> admitted(RunId id, String hash) {
        Optional<String> known = awaited(() -> queries.contentHash(id));
        if (known.isPresent() && !known.get().equals(hash)) {
            throw conflict(id);
        }
        return known.flatMap(any -> queries.run(id));
    }

    private <T> Optional<T> awaited(Supplier<Optional<T>> look) {
        for (long waited = 0; waited < wait.toMillis(); waited += LOOK_EVERY_MILLIS) {
            Optional<T> seen = looked(look);
            if (seen.isPresent()) {
                return seen;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> looked(Supplier<Optional<T>> look) {
        try {
            return look.get();
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
    }
}
