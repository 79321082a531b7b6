package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.peer.FleetDemand;
import dev.agentfleet.orchestrator.peer.Peers;
import dev.agentfleet.orchestrator.run.AdmissionRules;
import dev.agentfleet.orchestrator.scaling.LocalDemand;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import dev.agentfleet.orchestrator.scaling.PoolScaling;
import dev.agentfleet.orchestrator.scaling.PoolScalings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a pool has to do and how many workers that takes, over REST. */
@Path("/api/scaling/{pool}")
@Tag(name = "scaling")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ScalingResource {

    private final AdmissionRules rules;
    private final FleetDemand fleet;
    private final LocalDemand here;
    private final PoolScalings scalings;

    ScalingResource(AdmissionRules rules, FleetDemand fleet, LocalDemand here, PoolScalings scalings) {
        this.rules = rules;
        this.fleet = fleet;
        this.here = here;
        this.scalings = scalings;
    }

    @GET
    @Operation(
            summary = "What a pool has to do, and how many workers it should have",
            description =
                    "Of the whole fleet, about a second old. waiting: tasks that a free slot could start now, not those that are held"
                            + " or back off. running: claimed attempts. oldestAgeSeconds: for how long the oldest waiting task"
                            + " has waited. backlogWorkerSeconds: how long one worker would be busy with all of them."
                            + " desiredWorkers: 0 when there is nothing to do; never fewer than hold what runs."
                            + " 503 while the figures of a home partition cannot be had, 404 for a pool that is not configured.")
    public PoolScaling scaling(@PathParam("pool") String pool) {
        requireKnown(pool);
        return scalings.of(pool, fleet.of(pool));
    }

    @GET
    @Path("/demand")
    @Operation(hidden = true)
    public PoolDemand demand(
            @PathParam("pool") String pool, @HeaderParam(Peers.PARTITIONS) @Nullable String partitions) {
        requireKnown(pool);
        if (partitions == null) {
            throw ProblemException.badRequest(
                    Peers.PARTITIONS + ": is missing; one orchestrator asks another for them");
        }
        return here.of(pool, QueryFields.partitions(partitions));
    }

    private void requireKnown(String pool) {
        if (!rules.pools().contains(pool)) {
            throw ProblemException.unknownPool(pool, rules.pools());
        }
    }
}
