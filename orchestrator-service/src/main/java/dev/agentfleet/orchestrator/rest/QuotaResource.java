package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.LimitLane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.orchestrator.kafka.QuotaProducer;
import dev.agentfleet.orchestrator.query.QuotaBoard;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Quotas over REST. */
@Path("/api/quotas")
@Tag(name = "quotas")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class QuotaResource {

    private static final long PATIENCE_SECONDS = 10;

    private final QuotaBoard board;
    private final QuotaProducer producer;
    private final AuditLog audit;
    private final InstantSource clock;

    QuotaResource(QuotaBoard board, QuotaProducer producer, AuditLog audit, InstantSource clock) {
        this.board = board;
        this.producer = producer;
        this.audit = audit;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "The lanes that are limited or held",
            description =
                    "A lane is provider/key/model. left: what was left of its limits when a worker was last answered.")
    public List<QuotaBoard.QuotaView> quotas() {
        return board.lanes(clock.instant());
    }

    @PUT
    @Path("/{lane:.+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set the limits of a lane",
            description =
                    "In place of all it had: requests, inputTokens, outputTokens within the quota's window; what is left out is"
                            + " not limited, and with {} nothing is. 202 once that is durable: all workers heed it about a"
                            + " second later.")
    public Response limit(@PathParam("lane") String name, byte[] body) {
        Lane lane = Lane.parse(name);
        LimitLane limit = new LimitLane(lane, Json.readPart(body, QuotaLimits.class));
        send(limit);
        audit.limited(lane);
        return Response.accepted(limit.limits()).build();
    }

    private void send(LimitLane limit) {
        try {
            producer.send(limit).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaUnavailableException("Kafka did not acknowledge the limits of " + limit.lane(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("Kafka was not waited for", e);
        }
    }
}
