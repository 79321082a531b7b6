package dev.agentfleet.orchestrator.rest;

import dev.agentfleet.contract.Json;
import dev.agentfleet.orchestrator.query.DeadLetterQueries;
import dev.agentfleet.orchestrator.query.DeadLetterQuery;
import dev.agentfleet.orchestrator.query.DeadLetterView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Dead letters over REST. */
@Path("/api/dead-letters")
@Tag(name = "dead letters")
@RunOnVirtualThread
public class DeadLetterResource {

    private static final int PAGE = 100;
    private static final int MOST_PER_PAGE = 1_000;

    private final DeadLetterQueries queries;
    private final InstantSource clock;

    DeadLetterResource(DeadLetterQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, RunResource.NDJSON})
    @Operation(
            summary = "What failed for good or could not be read, oldest first",
            description =
                    "since: an ISO-8601 instant, or a duration back from now; default P1D. code: a failure's code,"
                            + " or UNREADABLE. Page by page as JSON: ask with the page's next as cursor, and the same filter, for"
                            + " more; a page may hold fewer than limit (default 100, at most 1000), even none, and not be the"
                            + " last. With Accept: application/x-ndjson all that match, or the first limit, one object a line.")
    public Response deadLetters(
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("code") @Nullable String code,
            @QueryParam("runId") @Nullable String runId,
            @QueryParam("since") @DefaultValue("P1D") String since,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @HeaderParam("Accept") @DefaultValue(MediaType.APPLICATION_JSON) String accept) {
        DeadLetterQuery query = new DeadLetterQuery(
                QueryFields.since(since, clock.instant()),
                cursor,
                QueryFields.agent(agent),
                QueryFields.code(code),
                QueryFields.runId(runId));
        if (accept.contains(RunResource.NDJSON)) {
            int most = QueryFields.limit(limit, Integer.MAX_VALUE, Integer.MAX_VALUE);
            return Response.ok(lines(query, most), RunResource.NDJSON).build();
        }
        int most = QueryFields.limit(limit, PAGE, MOST_PER_PAGE);
        return Response.ok(queries.page(query, most), MediaType.APPLICATION_JSON)
                .build();
    }

    private StreamingOutput lines(DeadLetterQuery query, int limit) {
        return out -> queries.forEach(query, limit, letter -> write(letter, out));
    }

    private static void write(DeadLetterView letter, OutputStream out) {
        try {
            out.write(Json.mapper().writeValueAsBytes(letter));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
