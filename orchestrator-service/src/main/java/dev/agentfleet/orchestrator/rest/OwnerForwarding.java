package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.peer.Owner;
import dev.agentfleet.orchestrator.peer.Ownership;
import dev.agentfleet.orchestrator.peer.Peers;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands on what is asked of one run to the orchestrator that owns it, and its answer, of whatever length, back as it comes.
 * What was handed on once is answered where it arrives. An owner that hangs is waited for until the others have taken its
 * place.
 */
@ApplicationScoped
class OwnerForwarding {

    private static final int CONNECT_MILLIS = 2_000;
    /** An event stream keeps one for as long as it lasts. */
    private static final int MOST_CONNECTIONS = 1_000;

    /** How often it is looked whether an owner that has not answered still is the owner. */
    private static final int LOOK_MILLIS = 500;

    private static final int REDIRECTS = 300;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 2;
    private static final Set<String> PER_CONNECTION =
            Set.of("host", "connection", "keep-alive", "transfer-encoding", "upgrade");

    private final Ownership ownership;
    private final TakenRuns taken;
    private final Vertx vertx;
    private final HttpClient http;

    OwnerForwarding(Ownership ownership, TakenRuns taken, Vertx vertx) {
        this.ownership = ownership;
        this.taken = taken;
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setMaxWaitQueueSize(MOST_CONNECTIONS));
    }

    void route(@Observes Router router) {
        router.get("/api/runs/:id").order(ORDER).handler(this::handle);
        router.get("/api/runs/:id/*").order(ORDER).handler(this::handle);
        router.post("/api/runs/:id/cancel").order(ORDER).handler(this::handle);
        router.post("/api/runs/:id/redrive").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        RunId id = named(context);
        if (id == null || context.request().getHeader(Peers.FORWARDED) != null) {
            context.next();
            return;
        }
        switch (ownership.ownerOf(id)) {
            case Owner.Here here -> context.next();
            case Owner.Peer(URI url) -> ask(context, id, url);
            case Owner.Nobody nobody -> refuse(context, "nobody holds run " + id + " now: its state is moving");
        }
    }

    private static @Nullable RunId named(RoutingContext context) {
        try {
            return new RunId(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            // Refused by whoever answers.
            return null;
        }
    }

    private void ask(RoutingContext context, RunId id, URI owner) {
        boolean hasBody = context.request().method().equals(HttpMethod.POST);
        if (hasBody) {
            context.request().pause();
        }
        RequestOptions target = new RequestOptions()
                .setMethod(context.request().method())
                .setSsl(owner.getScheme().equals("https"))
                .setHost(owner.getHost())
                .setPort(owner.getPort())
                .setURI(context.request().uri());
        http.request(target)
                .compose(request -> {
                    copyHeaders(context, request);
                    context.response().closeHandler(gone -> request.reset());
                    long watch = vertx.setPeriodic(LOOK_MILLIS, look -> giveUpUnlessOwned(request, id, owner));
                    return (hasBody ? request.send(context.request()) : request.send())
                            .onComplete(begun -> vertx.cancelTimer(watch));
                })
                .onSuccess(answer -> answer(context, id, answer))
                .onFailure(failure -> refuse(
                        context, "the orchestrator at " + owner + ", which holds run " + id + ", cannot be reached"));
    }

    /** Whatever it answers later is not the state any more. */
    private void giveUpUnlessOwned(HttpClientRequest request, RunId id, URI owner) {
        if (!ownership.ownerOf(id).equals(new Owner.Peer(owner))) {
            request.reset();
        }
    }

    private static void copyHeaders(RoutingContext context, HttpClientRequest request) {
        context.request().headers().forEach((name, value) -> {
            if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                request.headers().add(name, value);
            }
        });
        request.putHeader(Peers.FORWARDED, Caller.remote(context));
    }

    private void answer(RoutingContext context, RunId id, HttpClientResponse answer) {
        if (answer.statusCode() == NOT_FOUND && taken.isUnseen(id)) {
            // Submitted here, and its owner has not read it yet.
            answer.request().reset();
            context.next();
            return;
        }
        if (answer.statusCode() < REDIRECTS) {
            taken.seen(id);
        }
        HttpServerResponse out = context.response().setStatusCode(answer.statusCode());
        answer.headers().forEach((name, value) -> {
            if (!PER_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                out.headers().add(name, value);
            }
        });
        out.setChunked(!answer.headers().contains("content-length"));
        // An answer that breaks off must not look like a whole one.
        answer.pipe().endOnFailure(false).to(out).onFailure(broken -> out.reset());
    }

    private static void refuse(RoutingContext context, String why) {
        if (!context.response().headWritten()) {
            context.response().putHeader("Retry-After", "1");
        }
        ProblemAnswers.send(context, Problem.of(UNAVAILABLE, "Service Unavailable", why));
    }
}
