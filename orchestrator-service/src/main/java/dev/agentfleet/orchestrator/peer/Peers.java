package dev.agentfleet.orchestrator.peer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.contract.RunStatus;
import dev.agentfleet.orchestrator.query.AdmittedRun;
import dev.agentfleet.orchestrator.query.CursorPage;
import dev.agentfleet.orchestrator.query.ListedRun;
import dev.agentfleet.orchestrator.query.RedriveAnswer;
import dev.agentfleet.orchestrator.query.RedrivePlan;
import dev.agentfleet.orchestrator.query.RunView;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.run.Objection;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks other orchestrators for what they hold, with the token of whoever asked this one. Thread-safe. */
public final class Peers {

    /** On a request between orchestrators: which home partitions are asked for. Whoever gets it asks nobody else. */
    public static final String PARTITIONS = "Fleet-Partitions";

    /**
     * On a request that one orchestrator hands to another: whoever gets it answers with what it holds. Says from which address
     * it came, where it was a client's.
     */
    public static final String FORWARDED = "Fleet-Forwarded";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration QUICK_ANSWER = Duration.ofSeconds(2);
    /** All outcomes of a run may have to be read. */
    private static final Duration COUNTED = Duration.ofSeconds(25);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final JavaType RUNS = Json.mapper().constructType(new TypeReference<CursorPage<RunView>>() {});

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private final Credentials credentials;

    public Peers(Credentials credentials) {
        this.credentials = credentials;
    }

    CursorPage<RunView> runs(
            URI peer, @Nullable RunStatus status, @Nullable ListedRun after, int limit, Set<Integer> partitions) {
        String query = "?limit=" + limit
                + (status == null ? "" : "&status=" + status)
                + (after == null ? "" : "&cursor=" + URLEncoder.encode(after.cursor(), StandardCharsets.UTF_8));
        Optional<CursorPage<RunView>> page = get(peer, "/api/runs" + query, PARTITIONS, list(partitions), ANSWER, RUNS);
        return page.orElseThrow(() -> unavailable(peer, "answers " + NOT_FOUND));
    }

    PoolDemand demand(URI peer, String pool, Set<Integer> partitions) {
        String path = "/api/scaling/" + pool + "/demand";
        Optional<PoolDemand> demand =
                get(peer, path, PARTITIONS, list(partitions), QUICK_ANSWER, type(PoolDemand.class));
        return demand.orElseThrow(() -> unavailable(peer, "answers " + NOT_FOUND));
    }

    private static String list(Set<Integer> partitions) {
        return partitions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Empty when the peer knows no run of this name. */
    Optional<AdmittedRun> admitted(URI peer, RunId id) {
        return get(peer, "/api/runs/" + id + "/admission", FORWARDED, "1", QUICK_ANSWER, type(AdmittedRun.class));
    }

    /** Empty when there is nothing. */
    private <T> Optional<T> get(URI peer, String path, String header, String value, Duration patience, JavaType type) {
        HttpRequest request = request(peer, path)
                .timeout(patience)
                .header("Accept", "application/json")
                .header(header, value)
                .build();
        HttpResponse<byte[]> response = send(peer, request);
        return switch (response.statusCode()) {
            case OK -> Optional.of(read(peer, response, type));
            case NOT_FOUND -> Optional.empty();
            default -> throw unavailable(peer, "answers " + response.statusCode());
        };
    }

    /** Asks what a redrive of the run would do; nothing is done. */
    RedriveAnswer redrive(URI peer, RunId id, RedriveTasks asked) {
        HttpRequest request = request(peer, "/api/runs/" + id + "/redrive?dryRun=true")
                .timeout(COUNTED)
                .header("Content-Type", "application/json")
                .header(FORWARDED, "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(asked)))
                .build();
        HttpResponse<byte[]> response = send(peer, request);
        return switch (response.statusCode()) {
            case OK -> new RedriveAnswer.Possible(read(peer, response, type(RedrivePlan.class)));
            case CONFLICT -> new RedriveAnswer.Refused(read(peer, response, type(Objection.class)));
            case NOT_FOUND -> new RedriveAnswer.Unknown(id);
            default -> throw unavailable(peer, "answers " + response.statusCode());
        };
    }

    private HttpRequest.Builder request(URI peer, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(peer.resolve(path));
        credentials.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<byte[]> send(URI peer, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw unavailable(peer, "cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(peer, "was not waited for");
        }
    }

    private static JavaType type(Class<?> type) {
        return Json.mapper().constructType(type);
    }

    private static <T> T read(URI peer, HttpResponse<byte[]> response, JavaType type) {
        try {
            return Json.mapper().readValue(response.body(), type);
        } catch (IOException e) {
            throw unavailable(peer, "answers something else");
        }
    }

    private static StateUnavailableException unavailable(URI peer, String why) {
        return new StateUnavailableException(
                "the orchestrator at " + peer + ", which holds a part of the runs, " + why);
    }
}
