package dev.agentfleet.orchestrator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RedriveTasks;
import dev.agentfleet.contract.Request;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other orchestrators are shown, by one that refuses everything. */
class PeersTest {

    private static final RunId RUN = new RunId("r");
    private static final RedriveTasks REDRIVE =
            (RedriveTasks) Json.read("{\"type\":\"RedriveTasks\"}".getBytes(StandardCharsets.UTF_8), Request.class);

    private final List<String> shown = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsTheTokenOfWhoeverAsks() {
        askEverything(new Peers(() -> Optional.of("Bearer abc")));

        assertThat(shown).containsExactly("Bearer abc", "Bearer abc", "Bearer abc", "Bearer abc");
    }

    @Test
    void showsNothingWhereNobodyShowedAnything() {
        askEverything(new Peers(Optional::empty));

        assertThat(shown).containsExactly("null", "null", "null", "null");
    }

    private void askEverything(Peers peers) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        refused(() -> peers.admitted(url, RUN));
        refused(() -> peers.demand(url, "default", Set.of(1)));
        refused(() -> peers.runs(url, null, null, 1, Set.of(1)));
        refused(() -> peers.redrive(url, RUN, REDRIVE));
    }

    private static void refused(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("answers 403");
    }
}
