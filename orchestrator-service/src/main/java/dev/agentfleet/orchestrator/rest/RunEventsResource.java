package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.peer.Owner;
import dev.agentfleet.orchestrator.peer.Ownership;
import dev.agentfleet.orchestrator.query.OutcomeFeed;
import dev.agentfleet.orchestrator.query.OutcomeFeeds;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A run's events as they happen, over one connection. */
@Path("/api/runs")
@Tag(name = "runs")
@Blocking
@RunOnVirtualThread
public class RunEventsResource {

    private final TakenRuns taken;
    private final Ownership ownership;
    private final OutcomeFeeds feeds;

    RunEventsResource(TakenRuns taken, Ownership ownership, OutcomeFeeds feeds) {
        this.taken = taken;
        this.ownership = ownership;
        this.feeds = feeds;
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "A run's events as they happen",
            description = "RunView: the run as GET shows it, at once and then after a change, at most every 200 ms."
                    + " TaskOutcome, with outcomes=true: each outcome committed from now on; earlier ones are at"
                    + " /results. OutcomesDropped: this client was too slow, no more outcomes come. RunCompleted: the"
                    + " last event. Without it the stream ends when the run moves to another orchestrator. Who connects"
                    + " again begins with the run as it is then.")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @QueryParam("outcomes") @DefaultValue("false") boolean outcomes,
            @Context Sse sse) {
        RunId run = new RunId(id);
        if (taken.view(run).isEmpty()) {
            throw ProblemException.unknownRun(id);
        }
        OutcomeFeed feed = outcomes ? feeds.follow(run) : feeds.none();
        RunEventStream stream = new RunEventStream(() -> lookAgain(run), () -> isElsewhere(run), feed);
        // The next event is asked for when the connection has taken the last one.
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(Unchecked.supplier(stream::next))
                        .runSubscriptionOn(RunEventsResource::onVirtualThread))
                .whilst(event -> !event.last())
                .onItem()
                .transform(event -> event(event, sse))
                .onTermination()
                .invoke(feed::close);
    }

    private static void onVirtualThread(Runnable wait) {
        Thread.ofVirtual().name("run-events").start(wait);
    }

    private static OutboundSseEvent event(RunEventStream.Event event, Sse sse) {
        return event.name().isEmpty()
                ? sse.newEventBuilder().comment("still here").build()
                : sse.newEventBuilder()
                        .name(event.name())
                        .data(String.class, event.json())
                        .build();
    }

    private Optional<RunView> lookAgain(RunId run) {
        try {
            return taken.view(run);
        } catch (StateUnavailableException e) {
            return Optional.empty();
        }
    }

    private boolean isElsewhere(RunId run) {
        return !(ownership.ownerOf(run) instanceof Owner.Here);
    }
}
