package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.AdmittedRun;
import dev.agentfleet.orchestrator.query.RunQueries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells other orchestrators with which content a run was admitted. */
@Path("/api/runs/{id}/admission")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AdmissionResource {

    private final RunQueries queries;

    AdmissionResource(RunQueries queries) {
        this.queries = queries;
    }

    @GET
    @Operation(hidden = true)
    public AdmittedRun admission(@PathParam("id") String id) {
        return queries.admitted(new RunId(id)).orElseThrow(() -> ProblemException.unknownRun(id));
    }
}
