package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.fleet.WorkerDirectory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Workers over REST. */
@Path("/api/workers")
@Tag(name = "workers")
@Produces(MediaType.APPLICATION_JSON)
public class WorkerResource {

    private final WorkerDirectory workers;

    WorkerResource(WorkerDirectory workers) {
        this.workers = workers;
    }

    @GET
    @Operation(summary = "The living workers with their last heartbeat")
    public List<WorkerDirectory.Entry> workers() {
        return workers.alive();
    }
}
