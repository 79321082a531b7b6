package dev.agentfleet.cli.fleet;

import dev.agentfleet.cli.client.FleetApi;
import dev.agentfleet.contract.RunId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** Which orchestrator owns a run. */
final class Owners {

    private static final int NOT_HERE = 503;
    private static final int TRIES = 200;

    private Owners() {}

    /** What comes with the mark is answered by whoever gets it: with 503 where the state is not. */
    static boolean isOwner(HttpClient http, FleetApi api, RunId id) {
        HttpRequest question = HttpRequest.newBuilder(api.server().resolve("/api/runs/" + id))
                .header("Fleet-Forwarded", "1")
                .build();
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() != NOT_HERE;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name for a run that this orchestrator will own. */
    static RunId idOwnedBy(HttpClient http, FleetApi api) {
        return Stream.generate(Fleet::newId)
                .limit(TRIES)
                .filter(id -> isOwner(http, api, id))
                .findFirst()
                .orElseThrow();
    }
}
