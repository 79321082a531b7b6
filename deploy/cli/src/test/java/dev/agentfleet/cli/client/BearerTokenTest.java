package dev.agentfleet.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentfleet.cli.FakeOrchestrator;
import dev.agentfleet.contract.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {
    private static final RunId RUN = new RunId("r");

    @Test
    void goesAlongWithEveryCall() throws Exception {
        try (var orchestrator = new FakeOrchestrator()) {
            orchestrator.on("POST /api/runs/r/cancel", 202, "{}").on("GET /api/workers", 200, "[]");
            var api = new FleetApi(orchestrator.address(), BearerToken.of(Map.of("FLEET_TOKEN", " abc.def-_ \n")));

            api.cancel(RUN, null);
            api.workers();
            new FleetApi(orchestrator.address()).workers();

            assertThat(orchestrator.calls())
                    .extracting(FakeOrchestrator.Call::authorization)
                    .containsExactly("Bearer abc.def-_", "Bearer abc.def-_", "null");
        }
    }

    @Test
    void isReadAnewFromItsFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        BearerToken token = BearerToken.of(Map.of("FLEET_TOKEN", "", "FLEET_TOKEN_FILE", file.toString()));
        assertThat(token.authorization()).hasValue("Bearer first");

        Files.writeString(file, "second\n");

        assertThat(token.authorization()).hasValue("Bearer second");
        assertThat(BearerToken.NONE.authorization()).isEmpty();
    }

    @Test
    void isNotShownByAnyMessage(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "secret\nsecret");
        BearerToken two = BearerToken.of(Map.of("FLEET_TOKEN_FILE", file.toString()));
        BearerToken none = BearerToken.of(
                Map.of("FLEET_TOKEN_FILE", directory.resolve("none").toString()));
        BearerToken bad = BearerToken.of(Map.of("FLEET_TOKEN", "secret\u0007secret"));

        assertThatThrownBy(two::authorization)
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageStartingWith("FLEET_TOKEN_FILE: holds no bearer token")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(none::authorization).hasMessageStartingWith("FLEET_TOKEN_FILE: cannot read '");
        assertThatThrownBy(bad::authorization)
                .hasMessageStartingWith("FLEET_TOKEN: holds no")
                .hasMessageNotContaining("secret");
        assertThat(BearerToken.of(Map.of("FLEET_TOKEN", "secret")).toString()).doesNotContain("secret");
    }
}
