package dev.agentfleet.orchestrator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.agentfleet.contract.Json;
import dev.agentfleet.contract.RunId;
import dev.agentfleet.orchestrator.query.AdmittedRun;
import dev.agentfleet.orchestrator.query.StateUnavailableException;
import dev.agentfleet.orchestrator.query.StoredRuns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionsTest {

    private static final RunId RUN = new RunId("run-1");
    private static final URI SELF = URI.create("http://127.0.0.1:1");

    private final StoredRuns here = new StoredRuns();
    private final StoredRuns there = new StoredRuns();
    private final List<String> asked = new ArrayList<>();
    private HttpServer peer;
    private int refusal;

    @BeforeEach
    void start() throws IOException {
        peer = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        peer.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst(Peers.FORWARDED));
            AdmittedRun known = there.queries().admitted(RUN).orElse(null);
            byte[] body = Json.mapper().writeValueAsBytes(known);
            exchange.sendResponseHeaders(refusal != 0 ? refusal : known == null ? 404 : 200, body.length);
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
    void areReadWhereTheyAreHeld() {
        here.admit(RUN);

        assertThat(ownedBy(SELF).of(RUN))
                .isEqualTo(here.queries().admitted(RUN))
                .isPresent();
        assertThat(asked).isEmpty();
    }

    @Test
    void areAskedOfTheirOwnerWhoAsksNobodyElse() {
        Admissions admissions = ownedBy(there());
        assertThat(admissions.of(RUN)).isEmpty();

        there.admit(RUN);

        assertThat(admissions.of(RUN)).isEqualTo(there.queries().admitted(RUN)).isPresent();
        assertThat(asked).hasSize(2).containsOnly("/api/runs/run-1/admission 1");
    }

    @Test
    void areNotToBeHadFromAnOwnerThatRefusesOrIsGoneNorFromNobody() {
        there.admit(RUN);
        refusal = 503;
        assertThatThrownBy(() -> ownedBy(there()).of(RUN))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("answers 503");
        URI gone = there();
        peer.stop(0);
        assertThatThrownBy(() -> ownedBy(gone).of(RUN))
                .isInstanceOf(StateUnavailableException.class)
                .hasMessageContaining("cannot be reached");
        var nobody = new Admissions(here.queries(), owners(Map.of()), new Peers(Optional::empty));
        assertThatThrownBy(() -> nobody.of(RUN)).isInstanceOf(StateUnavailableException.class);
    }

    private URI there() {
        return URI.create("http://127.0.0.1:" + peer.getAddress().getPort());
    }

    private Admissions ownedBy(URI owner) {
        return new Admissions(here.queries(), owners(Map.of(0, owner)), new Peers(Optional::empty));
    }

    private static Ownership owners(Map<Integer, URI> owners) {
        return new FixedOwners(new OwnerTable(1, owners, SELF));
    }

    private record FixedOwners(OwnerTable table) implements Ownership {
        @Override
        public Owner ownerOf(RunId id) {
            return table.of(0);
        }
    }
}
