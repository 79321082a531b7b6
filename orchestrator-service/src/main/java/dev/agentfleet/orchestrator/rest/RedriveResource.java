package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.RedrivePlan;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Doing tasks of finished runs again. */
@Path("/api/runs/{id}/redrive")
@Tag(name = "runs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RedriveResource {

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final Submission submission;
    private final RunQueries queries;

    RedriveResource(Submission submission, RunQueries queries) {
        this.submission = submission;
        this.queries = queries;
    }

    @POST
    @Operation(
            summary = "Do tasks of a finished run again",
            description =
                    "The body is a RedriveTasks message; the revision is the next one when it is left out. 202 with what"
                            + " will be done; with dryRun=true 200 with the same, and nothing is done. 409 while the run has"
                            + " not ended.")
    public Response redrive(
            @PathParam("id") String id, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, byte[] body) {
        RunId run = new RunId(id);
        RedriveTasks request = RequestBody.read(body == null || body.length == 0 ? EMPTY : body, RedriveTasks.class);
        RedrivePlan plan = queries.plan(run, request).orElseThrow(() -> ProblemException.unknownRun(id));
        requireNext(request, plan);
        requireEnded(run);
        if (dryRun) {
            return Response.ok(plan).build();
        }
        submission.sendFor(run, request, Json.write(request.forRun(run).forRevision(plan.revision())));
        return Response.accepted(plan).build();
    }

    private void requireEnded(RunId id) {
        RunView run = queries.run(id).orElseThrow(() -> ProblemException.unknownRun(id.value()));
        if (run.completedAt() == null) {
            throw ProblemException.conflict(
                    "runId", id.value(), "must name a run that has ended: only such a one can be redriven");
        }
    }

    private static void requireNext(RedriveTasks request, RedrivePlan plan) {
        Integer named = request.revision();
        if (named != null && named != plan.revision()) {
            throw ProblemException.conflict(
                    "revision", named.toString(), "must be " + plan.revision() + ", one more than the run's last");
        }
    }
}
