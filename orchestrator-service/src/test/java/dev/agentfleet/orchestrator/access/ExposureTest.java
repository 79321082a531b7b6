package dev.agentfleet.orchestrator.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "192.0.2.1", "no-such-host.invalid", ""})
    void isNotOpenToEverybodyWhomNobodyNamed(String host) {
        assertThat(new Exposure(host, false, false, false).refusal().orElseThrow())
                .contains("quarkus.http.host is " + host + ",")
                .contains("fleet.orchestrator.auth.tokens=true", "fleet.orchestrator.auth.anonymous=true");
        assertThat(new Exposure(host, false, false, true).refusal()).isEmpty();
        assertThat(new Exposure(host, true, false, false).refusal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void loopbackNeedsNoTokens(String host) {
        assertThat(new Exposure(host, false, false, false).refusal()).isEmpty();
    }

    @Test
    void refusesToGuessWhichOfTwoIsMeant() {
        assertThat(new Exposure("127.0.0.1", true, true, true).refusal().orElseThrow())
                .contains("are both true");
    }

    @Test
    void warnsOfWhatEverybodyMay() {
        assertThat(new Exposure("0.0.0.0", false, false, true).warning().orElseThrow())
                .contains("everybody who reaches 0.0.0.0 may submit, cancel and redrive");
        assertThat(new Exposure("127.0.0.1", false, true, false).warning()).isPresent();
        assertThat(new Exposure("0.0.0.0", true, false, false).warning().orElseThrow())
                .contains("quarkus.oidc.token.audience");
        assertThat(new Exposure("0.0.0.0", true, true, false).warning()).isEmpty();
    }
}
