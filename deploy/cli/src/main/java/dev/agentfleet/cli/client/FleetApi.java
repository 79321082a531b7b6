package dev.agentfleet.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.contract.AppendTasks;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.Lane;
import dev.agentfleet.contract.QuotaLimits;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.SealRun;
import dev.agentfleet.contract.SubmitRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrator's REST API. Every call throws {@link UnreachableException} when no orchestrator answers and
 * {@link ProblemException} when it refuses. Thread-safe.
 */
public final class FleetApi {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String EVENTS = "text/event-stream";

    private final URI server;
    private final HttpCalls calls;

    /** One that asks for no token. */
    public FleetApi(URI server) {
        this(server, BearerToken.NONE);
    }

    public FleetApi(URI server, BearerToken token) {
        this.server = server;
        this.calls = new HttpCalls(server, token);
    }

    public URI server() {
        return server;
    }

    public Submitted submit(SubmitRun run) throws InterruptedException {
        return read(calls.post("/api/runs", Json.write(run)), Submitted.class);
    }

    /** @param body an {@link AppendTasks}, sent as it is: the seal's digest covers these bytes */
    public void append(RunId run, byte[] body) throws InterruptedException {
        drop(calls.post(path(run) + "/tasks", body));
    }

    public void seal(RunId run, SealRun seal) throws InterruptedException {
        drop(calls.post(path(run) + "/seal", Json.write(seal)));
    }

    public void cancel(RunId run, @Nullable String reason) throws InterruptedException {
        drop(calls.post(path(run) + "/cancel", bytes(reason == null ? Map.of() : Map.of("reason", reason))));
    }

    /** @param dryRun whether nothing is to be done but to say what would be */
    public RedrivePlan redrive(RunId run, RedriveTasks request, boolean dryRun) throws InterruptedException {
        String path = path(run) + "/redrive" + (dryRun ? "?dryRun=true" : "");
        return read(calls.post(path, Json.write(request)), RedrivePlan.class);
    }

    /** Redrives across runs. */
    public FleetRedrivePlan redrive(LetterRedrive request) throws InterruptedException {
        return read(calls.post("/api/dead-letters/redrive", bytes(request)), FleetRedrivePlan.class);
    }

    public RunView run(RunId run) throws InterruptedException {
        return read(calls.get(path(run), JSON), RunView.class);
    }

    /** The run's states as they come, the present one first; to be closed. */
    public RunEvents events(RunId run) throws InterruptedException {
        return new RunEvents(calls.get(path(run) + "/events", EVENTS));
    }

    /** @param after index that the page comes after, -1 for the first page */
    public TaskPage tasks(RunId run, int after, int limit) throws InterruptedException {
        return tasks(run, "", after, limit);
    }

    /** Only tasks in these states; a page may hold fewer than asked for, or none, and not be the last. */
    public TaskPage tasks(RunId run, Set<TaskState> states, int after, int limit) throws InterruptedException {
        String named = states.stream().map(TaskState::name).sorted().collect(Collectors.joining(","));
        return tasks(run, "&state=" + named, after, limit);
    }

    private TaskPage tasks(RunId run, String which, int after, int limit) throws InterruptedException {
        String from = after < 0 ? "" : "&after=" + after;
        return read(calls.get(path(run) + "/tasks?limit=" + limit + which + from, JSON), TaskPage.class);
    }

    /**
     * The outcomes there are, one {@code TaskOutcome} a line, in task order; to be closed.
     *
     * @param revision as which they stood; the present one when null
     */
    public InputStream outcomes(RunId run, @Nullable Integer revision) throws InterruptedException {
        return calls.get(path(run) + "/results" + (revision == null ? "" : "?revision=" + revision), NDJSON);
    }

    public List<WorkerView> workers() throws InterruptedException {
        return read(
                calls.get("/api/workers", JSON),
                Json.mapper().getTypeFactory().constructType(new TypeReference<List<WorkerView>>() {}));
    }

    public List<QuotaView> quotas() throws InterruptedException {
        return read(
                calls.get("/api/quotas", JSON),
                Json.mapper().getTypeFactory().constructType(new TypeReference<List<QuotaView>>() {}));
    }

    /** Gives a lane these limits in place of those it has. */
    public void limit(Lane lane, QuotaLimits limits) throws InterruptedException {
        drop(calls.put("/api/quotas/" + lane, bytes(limits)));
    }

    /**
     * Hands out at most so many dead letters, oldest first; returns whether there may be more.
     *
     * @param filter what to look for, by the names of the REST parameters
     */
    public boolean deadLetters(Map<String, String> filter, int limit, Consumer<DeadLetterView> action)
            throws InterruptedException {
        return list("/api/dead-letters", filter, new TypeReference<CursorPage<DeadLetterView>>() {}, limit, action);
    }

    /**
     * Hands out at most so many runs, newest first, without their failures; returns whether there may be more.
     *
     * @param filter what to look for, by the names of the REST parameters
     */
    public boolean runs(Map<String, String> filter, int limit, Consumer<RunView> action) throws InterruptedException {
        return list("/api/runs", filter, new TypeReference<CursorPage<RunView>>() {}, limit, action);
    }

    private <T> boolean list(
            String path, Map<String, String> filter, TypeReference<CursorPage<T>> type, int limit, Consumer<T> action)
            throws InterruptedException {
        JavaType page = Json.mapper().getTypeFactory().constructType(type);
        return Pages.forEach(
                (most, cursor) -> {
                    Map<String, String> parameters = new LinkedHashMap<>(filter);
                    parameters.put("limit", Integer.toString(most));
                    if (cursor != null) {
                        parameters.put("cursor", cursor);
                    }
                    return read(calls.get(path + QueryString.of(parameters), JSON), page);
                },
                limit,
                action);
    }

    /** Whether the orchestrator says that it is ready to serve. */
    public boolean isReady() throws InterruptedException {
        try {
            drop(calls.get("/q/health/ready", JSON));
            return true;
        } catch (UnreachableException | ProblemException e) {
            return false;
        }
    }

    private static String path(RunId run) {
        return "/api/runs/" + run;
    }

    private <T> T read(InputStream body, Class<T> type) {
        return read(body, Json.mapper().constructType(type));
    }

    private <T> T read(InputStream body, JavaType type) {
        try (body) {
            return Json.mapper().readValue(body, type);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            String what =
                    "what " + server + " answers is no " + type.getRawClass().getSimpleName();
            throw new ProblemException(new Problem(0, null, what + "; is it an orchestrator?", null, null, null));
        } catch (IOException e) {
            throw new UnreachableException(server, e);
        }
    }

    private void drop(InputStream body) {
        try (body) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UnreachableException(server, e);
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return Json.mapper().writeValueAsBytes(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return "{}".getBytes(StandardCharsets.UTF_8);
        }
    }
}
