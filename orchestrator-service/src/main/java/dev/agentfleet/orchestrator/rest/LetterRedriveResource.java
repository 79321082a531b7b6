package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.orchestrator.redrive.FleetRedrive;
import dev.agentfleet.orchestrator.redrive.FleetRedrivePlan;
import dev.agentfleet.orchestrator.redrive.LetterRedrive;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Doing again what lies in the dead letters, of whatever runs. */
@Path("/api/dead-letters/redrive")
@Tag(name = "dead letters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LetterRedriveResource {

    private final FleetRedrive redrive;
    private final Submission submission;
    private final InstantSource clock;

    LetterRedriveResource(FleetRedrive redrive, Submission submission, InstantSource clock) {
        this.redrive = redrive;
        this.submission = submission;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Do again what lies in the dead letters, of whatever runs",
            description =
                    "The dead letters that match filter (as in a RedriveTasks message) and since (an ISO-8601 instant, or a"
                            + " duration back from now; default P1D) name runs; one of the two must be given. Of each such run"
                            + " that can be redriven the next revision is opened for the tasks whose present outcome matches"
                            + " the filter; others are skipped, with the reason. rate and max hold for all runs together: a"
                            + " run begins when those before it have been taken up. 202 with what is done; with dryRun 200"
                            + " with the same, and nothing is done. At most 1,000 runs a call: where there is a next, a call"
                            + " with it as cursor goes on.")
    public Response redrive(@QueryParam("dryRun") @DefaultValue("false") boolean dryRun, byte[] body) {
        LetterRedriveBody read = LetterRedriveBody.read(body);
        LetterRedrive asked = read.asked(clock.instant());
        FleetRedrivePlan plan = redrive.plan(asked);
        if (dryRun || read.isDryRun()) {
            return Response.ok(plan).build();
        }
        submission.sendAll(FleetRedrive.requests(asked, plan));
        return Response.accepted(plan).build();
    }
}
