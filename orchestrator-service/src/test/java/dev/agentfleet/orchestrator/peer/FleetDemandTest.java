package dev.agentfleet.orchestrator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.scaling.AttemptTime;
import dev.agentfleet.orchestrator.scaling.PoolDemand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetDemandTest {

    private static final URI SELF = URI.create("http://127.0.0.1:1");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PoolDemand HERE = new PoolDemand(3, 2, NOW, new AttemptTime(4, 8));
    private static final PoolDemand THERE = new PoolDemand(10, 1, NOW.minusSeconds(5), new AttemptTime(1, 7));

    private final List<String> asked = new ArrayList<>();
    private HttpServer peer;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        peer = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        peer.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst(Peers.PARTITIONS));
            byte[] body = Json.mapper().writeValueAsBytes(THERE);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        peer.start();
    }

    @AfterEach
    void stop() {
        peer.stop(0);
    }

    @Test
    void addsUpWhatIsHeldHereAndThere() {
        assertThat(demand(Map.of(0, there(), 1, SELF, 2, there())).of("gpu"))
                .isEqualTo(new PoolDemand(13, 3, NOW.minusSeconds(5), new AttemptTime(5, 15)));
        assertThat(asked).containsExactly("/api/scaling/gpu/demand 0,2");
    }

    @Test
    void isNotToBeHadWithoutAPart() {
        status = 503;
        assertThatThrownBy(() -> demand(Map.of(0, there(), 1, SELF, 2, SELF)).of("gpu"))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("answers 503");
        status = 404;
        assertThatThrownBy(() -> demand(Map.of(0, there(), 1, SELF, 2, SELF)).of("gpu"))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("answers 404");
        assertThatThrownBy(() -> demand(Map.of(0, SELF, 2, SELF)).of("gpu"))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("[1]");
    }

    private URI there() {
        return URI.create("http://127.0.0.1:" + peer.getAddress().getPort());
    }

    private static FleetDemand demand(Map<Integer, URI> owners) {
        return new FleetDemand(
                FleetDemandTest::held, new FixedOwners(new OwnerTable(3, owners, SELF)), new Peers(Optional::empty));
    }

    private static PoolDemand held(String pool, Set<Integer> partitions) {
        return pool.equals("gpu") && !partitions.isEmpty() ? HERE : PoolDemand.NONE;
    }

    private record FixedOwners(OwnerTable table) implements Ownership {
        @Override
        public Owner ownerOf(RunId id) {
            return table.of(0);
        }
    }
}
