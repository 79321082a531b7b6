package dev.agentfleet.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentfleet.contract.Json;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {

    @Test
    void countsATokenForThreeBytesOfAllThatIsSent() throws Exception {
        var request = ModelRequest.of("echo", "m", "abcd", 10);

        assertThat(TokenEstimate.input(request)).isEqualTo(2 + 16);
        assertThat(TokenEstimate.input(request.withSystem("äöü"))).isEqualTo(4 + 16);
        assertThat(TokenEstimate.input(request.then(Turn.assistant("xyz"), Turn.user("xy"))))
                .isEqualTo(3 + 16);
        assertThat(TokenEstimate.input(request.withSchema(Json.mapper().readTree("{\"a\": 1}"))))
                .isEqualTo(4 + 16);
    }
}
