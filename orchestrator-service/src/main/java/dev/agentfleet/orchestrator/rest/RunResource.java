package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.CancelRun;
import dev.agentfleet.contract.InvalidFieldException;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import dev.agentfleet.contract.TaskOutcome;
import dev.agentfleet.orchestrator.peer.Peers;
import dev.agentfleet.orchestrator.peer.RunList;
import dev.agentfleet.orchestrator.query.CursorPage;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.Page;
import dev.agentfleet.orchestrator.query.RunQueries;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.TaskView;
import dev.agentfleet.submission.Lines;
import dev.agentfleet.submission.RunHead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs over REST. */
@Path("/api/runs")
@Tag(name = "runs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RunResource {

    static final String NDJSON = "application/x-ndjson";
    private static final int MOST_PER_PAGE = 1_000;
    private static final int RUNS_PER_PAGE = 100;
    private static final int BUFFER = 64 * 1024;

    private final Submission submission;
    private final StreamedSubmission streamed;
    private final TakenRuns taken;
    private final RunQueries queries;
    private final RunList list;
    private final AuditLog audit;

    RunResource(
            Submission submission,
            StreamedSubmission streamed,
            TakenRuns taken,
            RunQueries queries,
            RunList list,
            AuditLog audit) {
        this.submission = submission;
        this.streamed = streamed;
        this.taken = taken;
        this.queries = queries;
        this.list = list;
        this.audit = audit;
    }

    @POST
    @Operation(
            summary = "Submit a run",
            description =
                    "The body is a SubmitRun message; type and runId may be left out. 201 once the run is admitted,"
                            + " 202 when that takes longer than two seconds, 409 when the runId names a run with other content.")
    public Response submit(byte[] body) {
        SubmitRun read = RequestBody.read(body, SubmitRun.class);
        SubmitRun request = read.runId() == null ? read.forRun(newId()) : read;
        return answer(request, submission.submit(request, Json.write(request)));
    }

    @POST
    @Consumes(NDJSON)
    @Operation(
            summary = "Submit a run of any size",
            description =
                    "The first line is a SubmitRun without tasks; type and runId may be left out. Each further line is a task."
                            + " 201 once all tasks are there, 202 when that takes longer than two seconds after the last"
                            + " line, 409 when the runId names a run with other content. A bad line, or a body that breaks"
                            + " off, cancels the run.")
    public Response submitLines(InputStream body) {
        var lines = new Lines(new BufferedInputStream(body, BUFFER));
        SubmitRun read = head(lines);
        SubmitRun head = read.runId() == null ? read.forRun(newId()) : read;
        return answer(head, streamed.submit(head, lines));
    }

    private static SubmitRun head(Lines lines) {
        try {
            Lines.Line first = lines.next();
            if (first == null) {
                throw ProblemException.badRequest(
                        "body: is empty; its first line must be the run, each further line one of its tasks");
            }
            return RunHead.read(first);
        } catch (IOException e) {
            throw StreamedSubmission.brokenOff("; nothing was submitted");
        }
    }

    private Response answer(SubmitRun request, Optional<RunView> admitted) {
        RunId id = Objects.requireNonNull(request.runId());
        audit.accepted(request, id);
        URI location = URI.create("/api/runs/" + id);
        return admitted.map(run -> Response.created(location).entity(run))
                .orElseGet(() -> Response.accepted(RunView.accepted(id)).location(location))
                .build();
    }

    @POST
    @Path("/{id}/tasks")
    @Operation(summary = "Add a chunk of tasks to an open run", description = "The body is an AppendTasks message.")
    public Response append(@PathParam("id") String id, byte[] body) {
        AppendTasks request = RequestBody.read(body, AppendTasks.class);
        submission.sendFor(new RunId(id), request, RequestBody.typed(body, request));
        return Response.accepted().build();
    }

    @POST
    @Path("/{id}/seal")
    @Operation(summary = "End an open run", description = "The body is a SealRun message.")
    public Response seal(@PathParam("id") String id, byte[] body) {
        SealRun request = RequestBody.read(body, SealRun.class);
        submission.sendFor(new RunId(id), request, RequestBody.typed(body, request));
        return Response.accepted().build();
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Cancel a run", description = "The body may hold a reason.")
    public Response cancel(@PathParam("id") String id, byte[] body) {
        CancelRun request = RequestBody.read(
                body == null || body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body, CancelRun.class);
        RunView run = known(id);
        submission.sendFor(run.runId(), request, Json.write(request.forRun(run.runId())));
        return Response.accepted(run).build();
    }

    @GET
    @Operation(
            summary = "Runs, newest first",
            description =
                    "status: RUNNING, SUCCEEDED, FAILED, CANCELLED or TIMED_OUT; default all. Page by page: ask with the"
                            + " page's next as cursor, and the same status, for more; a page may hold fewer than limit and not be"
                            + " the last. A run's failures are shown by GET of that run.")
    public CursorPage<RunView> runs(
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(hidden = true) @HeaderParam(Peers.PARTITIONS) @Nullable String partitions) {
        RunStatus asked = QueryFields.status(status);
        ListedRun after = cursor == null ? null : ListedRun.parse(cursor);
        int most = QueryFields.limit(limit, RUNS_PER_PAGE, MOST_PER_PAGE);
        return partitions == null
                ? list.page(asked, after, most)
                : queries.runs(asked, after, most, QueryFields.partitions(partitions));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A run: status and counts")
    public RunView run(@PathParam("id") String id) {
        return known(id);
    }

    @GET
    @Path("/{id}/tasks")
    @Operation(
            summary = "A run's tasks, page by page in task order",
            description =
                    "waitsFor, of a task that neither runs nor has an outcome to keep: the first thing in its way, as reason, as text"
                            + " for people, and with until where the wait ends at a known time. Reasons may be added."
                            + " state: one or more of WAITING, DISPATCHED, RUNNING, BACKING_OFF, SUCCEEDED, FAILED, TIMED_OUT,"
                            + " CANCELLED, SKIPPED, separated by commas; default all. With it a page may hold fewer than limit,"
                            + " or none, and not be the last: ask with its next as after for more.")
    public Page<TaskView> tasks(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @DefaultValue("-1") int after,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        requirePage(after, limit);
        return queries.tasks(new RunId(id), QueryFields.phases(state), after, limit)
                .orElseGet(() -> nothingYet(id));
    }

    @GET
    @Path("/{id}/results")
    @Produces({MediaType.APPLICATION_JSON, NDJSON})
    @Operation(
            summary = "A run's outcomes in task order",
            description = "Page by page as JSON; with Accept: application/x-ndjson all there are, one object a line."
                    + " revision: as they stood then; default the present one.")
    public Response results(
            @PathParam("id") String id,
            @QueryParam("revision") @Nullable Integer revision,
            @QueryParam("after") @DefaultValue("-1") int after,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @HeaderParam("Accept") @DefaultValue(MediaType.APPLICATION_JSON) String accept) {
        requirePage(after, limit);
        if (accept.contains(NDJSON)) {
            RunId run = known(id).runId();
            // Refuses a wrong revision while there is still a status to say it with.
            queries.results(run, revision, after, 1);
            return Response.ok(lines(run, revision), NDJSON).build();
        }
        Page<TaskOutcome> page =
                queries.results(new RunId(id), revision, after, limit).orElseGet(() -> nothingYet(id));
        return Response.ok(page, MediaType.APPLICATION_JSON).build();
    }

    private StreamingOutput lines(RunId id, @Nullable Integer revision) {
        return out -> queries.forEachResult(id, revision, outcome -> {
            try {
                out.write(Json.write(outcome));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What there is of a run that is taken and not yet admitted. */
    private <T> Page<T> nothingYet(String id) {
        known(id);
        return new Page<>(List.of(), null);
    }

    private RunView known(String id) {
        return taken.view(new RunId(id)).orElseThrow(() -> ProblemException.unknownRun(id));
    }

    private static void requirePage(int after, int limit) {
        if (limit < 1 || limit > MOST_PER_PAGE) {
            throw new InvalidFieldException("limit", Integer.toString(limit), "must be 1 to " + MOST_PER_PAGE);
        }
        if (after < -1 || after == Integer.MAX_VALUE) {
            throw new InvalidFieldException("after", Integer.toString(after), "must be a task's index");
        }
    }

    private static RunId newId() {
        return new RunId(UUID.randomUUID().toString());
    }
}
