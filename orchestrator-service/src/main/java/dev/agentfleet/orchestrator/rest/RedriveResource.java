package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import dev.agentfleet.orchestrator.query.RedrivePlan;
import dev.agentfleet.orchestrator.query.RedriveQueries;
import dev.agentfleet.orchestrator.run.Objection;
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
    private final RedriveQueries queries;

    RedriveResource(Submission submission, RedriveQueries queries) {
        this.submission = submission;
        this.queries = queries;
    }

    @POST
    @Operation(
            summary = "Do tasks of a finished run again",
            description =
                    "The body is a RedriveTasks message; the revision is the next one when it is left out. 202 with what"
                            + " will be done; with dryRun=true 200 with the same, and nothing is done. 409 while the run has"
                            + " not ended, for a revision that is not its next, and after its tenth. Name the revision, as"
                            + " the dry run says it, and the call sent again opens no other.")
    public Response redrive(
            @PathParam("id") String id, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, byte[] body) {
        RunId run = new RunId(id);
        RedriveTasks request = RequestBody.read(body == null || body.length == 0 ? EMPTY : body, RedriveTasks.class);
        RedrivePlan plan = plan(run, request);
        if (dryRun) {
            return Response.ok(plan).build();
        }
        submission.sendFor(run, request, Json.write(request.forRun(run).forRevision(plan.revision())));
        return Response.accepted(plan).build();
    }

    private RedrivePlan plan(RunId run, RedriveTasks request) {
        return switch (queries.plan(run, request)) {
            case RedriveAnswer.Possible(RedrivePlan plan) -> plan;
            case RedriveAnswer.Refused(Objection objection) ->
                throw ProblemException.conflict(objection.field(), objection.value(), objection.rule());
            case RedriveAnswer.Unknown(RunId id) -> throw ProblemException.unknownRun(id.value());
        };
    }
}
